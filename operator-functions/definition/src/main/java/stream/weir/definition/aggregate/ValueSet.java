package stream.weir.definition.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable ordered set: adding makes a new set that shares most of the old one. A treap (Seidel and Aragon, "Randomized search
 * trees", 1996) whose priorities are hashes of the values, so that equal sets have one shape however they came about.
 */
final class ValueSet {
    static final ValueSet EMPTY = new ValueSet(null, 0);

    private final @Nullable Node root;
    private final int size;

    private record Node(
            Object value,
            int priority,
            @Nullable Node left,
            @Nullable Node right) {
        Node withLeft(Node child) {
            return new Node(value, priority, child, right);
        }

        Node withRight(Node child) {
            return new Node(value, priority, left, child);
        }
    }

    private ValueSet(@Nullable Node root, int size) {
        this.root = root;
        this.size = size;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return root == null;
    }

    /** The set with {@code value} in it; this one where it is in it already. */
    ValueSet with(Object value) {
        return contains(value) ? this : new ValueSet(insert(root, value, priority(value)), size + 1);
    }

    boolean contains(Object value) {
        Node node = root;
        while (node != null) {
            int order = ValueOrder.compare(value, node.value());
            if (order == 0) {
                return true;
            }
            node = order < 0 ? node.left() : node.right();
        }
        return false;
    }

    /** In ascending order. */
    void forEach(Consumer<Object> action) {
        visit(root, action);
    }

    List<Object> values() {
        List<Object> values = new ArrayList<>(size);
        forEach(values::add);
        return values;
    }

    private static void visit(@Nullable Node node, Consumer<Object> action) {
        if (node != null) {
            visit(node.left(), action);
            action.accept(node.value());
            visit(node.right(), action);
        }
    }

    private static Node insert(@Nullable Node node, Object value, int priority) {
        if (node == null) {
            return new Node(value, priority, null, null);
        }
        if (ValueOrder.compare(value, node.value()) < 0) {
            Node left = insert(node.left(), value, priority);
            return above(left, node)
                    ? left.withRight(new Node(node.value(), node.priority(), left.right(), node.right()))
                    : node.withLeft(left);
        }
        Node right = insert(node.right(), value, priority);
        return above(right, node)
                ? right.withLeft(new Node(node.value(), node.priority(), node.left(), right.left()))
                : node.withRight(right);
    }

    private static boolean above(Node a, Node b) {
        return a.priority() > b.priority()
                || (a.priority() == b.priority() && ValueOrder.compare(a.value(), b.value()) > 0);
    }

    /** Spreads the hash (the finalizer of MurmurHash3), as neighbours must not have neighbouring priorities. */
    private static int priority(Object value) {
        int hash = value.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueSet set && size == set.size && values().equals(set.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return values().toString();
    }
}
