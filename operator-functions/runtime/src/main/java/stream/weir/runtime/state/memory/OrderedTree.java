package stream.weir.runtime.state.memory;

import org.jspecify.annotations.Nullable;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Slice;

/**
 * A B+ tree of byte keys in unsigned order. Captured by its root: a node shared with an open capture is copied, and so is its way
 * to the root, before it is changed; others are changed in place. Sparse nodes are joined with a neighbour where both fit.
 *
 * <p>Not thread-safe; a {@link Frozen} tree may be read by another thread.
 */
final class OrderedTree {
    private static final Slice START = new Slice();

    private final Epochs epochs;
    private final Slice left = new Slice();
    private final Slice right = new Slice();

    private Node root;
    private long size;
    private long bytes;

    /** The node split off by the insertion under way, and its separator. */
    private @Nullable Node split;

    private byte[] separator = {};

    OrderedTree(Epochs epochs) {
        this.epochs = epochs;
        this.root = new Leaf(epochs.current());
    }

    long size() {
        return size;
    }

    /** Bytes of keys and values. */
    long sizeBytes() {
        return bytes;
    }

    boolean get(Slice key, Slice value) {
        Node node = root;
        while (node instanceof Inner inner) {
            node = inner.child(inner.search(key));
        }
        Leaf leaf = (Leaf) node;
        int index = leaf.search(key);
        if (index < 0) {
            return false;
        }
        leaf.value(index, value);
        return true;
    }

    void put(Slice key, Slice value) {
        Node changed = insert(root, key, value);
        if (split == null) {
            root = changed;
        } else {
            root = Inner.of(epochs.current(), changed, separator, split);
            split = null;
        }
    }

    boolean remove(Slice key) {
        long before = size;
        root = delete(root, key);
        while (root instanceof Inner inner && inner.count() <= 1) {
            root = inner.count() == 1 ? inner.child(0) : new Leaf(epochs.current());
        }
        return size < before;
    }

    void scan(Slice from, Slice to, EntryVisitor visitor) {
        scan(root, from, to, new Slice(), new Slice(), visitor);
    }

    /** The present content; call {@link Epochs#freeze} directly after freezing all tables, before any of them is changed. */
    Frozen freeze() {
        return new Frozen(root, size);
    }

    /** A tree as it was when a capture was taken. */
    record Frozen(Node root, long size) {
        void forEach(EntryVisitor visitor) {
            scan(root, START, START, new Slice(), new Slice(), visitor);
        }
    }

    private Node insert(Node node, Slice key, Slice value) {
        return switch (node) {
            case Leaf leaf -> insert(owned(leaf), key, value);
            case Inner inner -> insert(owned(inner), key, value);
        };
    }

    private Node insert(Leaf leaf, Slice key, Slice value) {
        int index = leaf.search(key);
        if (index >= 0) {
            bytes += leaf.replace(index, key, value);
        } else {
            leaf.insert(-1 - index, key, value);
            bytes += key.length() + value.length();
            size++;
        }
        if (leaf.overfull()) {
            // Appending in order leaves full leaves behind.
            boolean atEnd = index == -leaf.count();
            Leaf off = leaf.split(atEnd ? leaf.count() - 1 : leaf.count() / 2);
            leaf.key(leaf.count() - 1, left);
            off.key(0, right);
            separator = KeyOrder.separator(left, right);
            split = off;
        }
        return leaf;
    }

    private Node insert(Inner inner, Slice key, Slice value) {
        int index = inner.search(key);
        Node before = inner.child(index);
        Node changed = insert(before, key, value);
        if (changed != before) {
            inner.child(index, changed);
        }
        if (split != null) {
            inner.insert(index, separator, split);
            split = null;
            if (inner.overfull()) {
                boolean atEnd = index == inner.count() - 2;
                int middle = atEnd ? inner.count() - 2 : inner.count() / 2;
                split = inner.split(middle);
                separator = inner.separator(middle - 1);
            }
        }
        return inner;
    }

    private Node delete(Node node, Slice key) {
        return switch (node) {
            case Leaf leaf -> delete(leaf, key);
            case Inner inner -> delete(inner, key);
        };
    }

    private Node delete(Leaf leaf, Slice key) {
        int index = leaf.search(key);
        if (index < 0) {
            return leaf;
        }
        leaf.value(index, right);
        bytes -= key.length() + right.length();
        size--;
        Leaf owned = owned(leaf);
        owned.remove(index);
        return owned;
    }

    private Node delete(Inner inner, Slice key) {
        int index = inner.search(key);
        Node before = inner.child(index);
        long sizeBefore = size;
        Node changed = delete(before, key);
        if (size == sizeBefore) {
            return inner;
        }
        Inner owned = owned(inner);
        owned.child(index, changed);
        if (changed.count() == 0) {
            owned.remove(index);
        } else if (changed.sparse()) {
            owned.joinWithNext(index, epochs);
            owned.joinWithNext(index - 1, epochs);
        }
        return owned;
    }

    private Leaf owned(Leaf leaf) {
        return epochs.shared(leaf.epoch()) ? leaf.copy(epochs.current()) : leaf;
    }

    private Inner owned(Inner inner) {
        return epochs.shared(inner.epoch()) ? inner.copy(epochs.current()) : inner;
    }

    private static boolean scan(Node node, Slice from, Slice to, Slice key, Slice value, EntryVisitor visitor) {
        if (node instanceof Leaf leaf) {
            return leaf.scan(from, to, key, value, visitor);
        }
        Inner inner = (Inner) node;
        int first = from.length() == 0 ? 0 : inner.search(from);
        for (int i = first; i < inner.count(); i++) {
            if (!scan(inner.child(i), i == first ? from : START, to, key, value, visitor)) {
                return false;
            }
        }
        return true;
    }
}
