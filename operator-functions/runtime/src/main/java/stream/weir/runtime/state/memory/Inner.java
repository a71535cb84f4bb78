package stream.weir.runtime.state.memory;

import java.util.Arrays;
import stream.weir.runtime.state.Slice;

/** Children in order. All keys of child {@code i} are below separator {@code i}, those of child {@code i + 1} are not. */
final class Inner implements Node {
    private static final int MAX_CHILDREN = 64;

    /** Stands where a child was, so that it is not kept from collection. */
    private static final Node GONE = new Leaf(0);

    private final long epoch;
    private final Node[] children;
    private final byte[][] separators;

    /** Of the separators: most comparisons end here. */
    private final long[] prefixes;

    private int count;

    private Inner(long epoch, Node[] children, byte[][] separators, long[] prefixes) {
        this.epoch = epoch;
        this.children = children;
        this.separators = separators;
        this.prefixes = prefixes;
    }

    private static Inner empty(long epoch) {
        return new Inner(epoch, new Node[MAX_CHILDREN + 1], new byte[MAX_CHILDREN][], new long[MAX_CHILDREN]);
    }

    static Inner of(long epoch, Node left, byte[] separator, Node right) {
        Inner inner = empty(epoch);
        inner.children[0] = left;
        inner.children[1] = right;
        inner.separate(0, separator);
        inner.count = 2;
        return inner;
    }

    Inner copy(long newEpoch) {
        Inner copy = new Inner(newEpoch, children.clone(), separators.clone(), prefixes.clone());
        copy.count = count;
        return copy;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean sparse() {
        return count < MAX_CHILDREN / 4;
    }

    boolean overfull() {
        return count > MAX_CHILDREN;
    }

    Node child(int index) {
        return children[index];
    }

    void child(int index, Node child) {
        children[index] = child;
    }

    /** The child that holds the key if any does. */
    int search(Slice key) {
        long prefix = KeyOrder.prefix(key);
        int low = 0;
        int high = count - 2;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(prefixes[middle], prefix);
            if (order == 0) {
                order = KeyOrder.compare(separators[middle], 0, separators[middle].length, key);
            }
            if (order <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Adds a child to the right of {@code index}. */
    void insert(int index, byte[] separator, Node child) {
        System.arraycopy(children, index + 1, children, index + 2, count - 1 - index);
        moveSeparators(index, index + 1, count - 1 - index);
        children[index + 1] = child;
        separate(index, separator);
        count++;
    }

    /** Drops a child together with one of the separators beside it. */
    void remove(int index) {
        count--;
        int separator = Math.min(index, count - 1);
        System.arraycopy(children, index + 1, children, index, count - index);
        children[count] = GONE;
        if (separator >= 0) {
            moveSeparators(separator + 1, separator, count - 1 - separator);
        }
    }

    /** Moves the children from {@code index} on to a new node; {@link #separator} {@code index - 1} belongs between both. */
    Inner split(int index) {
        Inner right = empty(epoch);
        right.count = count - index;
        System.arraycopy(children, index, right.children, 0, right.count);
        System.arraycopy(separators, index, right.separators, 0, right.count - 1);
        System.arraycopy(prefixes, index, right.prefixes, 0, right.count - 1);
        Arrays.fill(children, index, count, GONE);
        count = index;
        return right;
    }

    /** The separator between child {@code index} and the next; still readable directly after a {@link #split} there. */
    byte[] separator(int index) {
        return separators[index];
    }

    /** Makes one of the children {@code index} and the next where both are small. */
    void joinWithNext(int index, Epochs epochs) {
        if (index < 0 || index + 1 >= count) {
            return;
        }
        Node left = children[index];
        Node right = children[index + 1];
        if (left instanceof Leaf a && right instanceof Leaf b && a.joins(b)) {
            Leaf joined = epochs.shared(a.epoch()) ? a.copy(epochs.current()) : a;
            joined.join(b);
            children[index] = joined;
        } else if (left instanceof Inner a && right instanceof Inner b && a.count + b.count <= MAX_CHILDREN * 3 / 4) {
            Inner joined = epochs.shared(a.epoch) ? a.copy(epochs.current()) : a;
            joined.join(separators[index], b);
            children[index] = joined;
        } else {
            return;
        }
        System.arraycopy(children, index + 2, children, index + 1, count - index - 2);
        moveSeparators(index + 1, index, count - index - 2);
        count--;
        children[count] = GONE;
    }

    private void join(byte[] separator, Inner right) {
        System.arraycopy(right.children, 0, children, count, right.count);
        separate(count - 1, separator);
        System.arraycopy(right.separators, 0, separators, count, right.count - 1);
        System.arraycopy(right.prefixes, 0, prefixes, count, right.count - 1);
        count += right.count;
    }

    private void separate(int index, byte[] separator) {
        separators[index] = separator;
        prefixes[index] = KeyOrder.prefix(separator, 0, separator.length);
    }

    private void moveSeparators(int from, int to, int length) {
        System.arraycopy(separators, from, separators, to, length);
        System.arraycopy(prefixes, from, prefixes, to, length);
    }
}
