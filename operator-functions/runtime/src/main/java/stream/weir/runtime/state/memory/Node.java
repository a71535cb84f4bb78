package stream.weir.runtime.state.memory;

/** A node of an {@link OrderedTree}. Belongs to the tree alone unless its epoch is shared with a capture. */
sealed interface Node permits Leaf, Inner {
    /** The epoch in which it was made. */
    long epoch();

    /** Entries of a leaf, children of an inner node. */
    int count();

    /** Whether it should be joined with a neighbour. */
    boolean sparse();
}
