package stream.weir.runtime.state;

/** Sees entries of a table; the slices are valid during the call. */
@FunctionalInterface
public interface EntryVisitor {
    /** @return whether to go on */
    boolean visit(Slice key, Slice value);
}
