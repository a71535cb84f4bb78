package stream.weir.runtime.state.memory;

import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;

/** A tree for each key group. */
final class HeapOrderedTable implements OrderedTable {
    private final KeyGroupRange range;
    private final OrderedTree[] trees;

    private HeapOrderedTable(KeyGroupRange range, OrderedTree[] trees) {
        this.range = range;
        this.trees = trees;
    }

    static HeapOrderedTable of(KeyGroupRange range, Epochs epochs) {
        OrderedTree[] trees = new OrderedTree[range.size()];
        for (int i = 0; i < trees.length; i++) {
            trees[i] = new OrderedTree(epochs);
        }
        return new HeapOrderedTable(range, trees);
    }

    @Override
    public boolean get(int keyGroup, Slice key, Slice value) {
        return tree(keyGroup).get(key, value);
    }

    @Override
    public void put(int keyGroup, Slice key, Slice value) {
        tree(keyGroup).put(key, value);
    }

    @Override
    public void remove(int keyGroup, Slice key) {
        tree(keyGroup).remove(key);
    }

    @Override
    public void scan(int keyGroup, Slice from, Slice to, EntryVisitor visitor) {
        tree(keyGroup).scan(from, to, visitor);
    }

    long sizeBytes() {
        long bytes = 0;
        for (OrderedTree tree : trees) {
            bytes += tree.sizeBytes();
        }
        return bytes;
    }

    /** Adds the present content to {@code image}. */
    void freeze(String name, TableImage image) {
        for (int i = 0; i < trees.length; i++) {
            if (trees[i].size() > 0) {
                image.add(name, range.first() + i, trees[i].freeze());
            }
        }
    }

    private OrderedTree tree(int keyGroup) {
        return trees[KeyGroupIndex.of(range, keyGroup)];
    }
}
