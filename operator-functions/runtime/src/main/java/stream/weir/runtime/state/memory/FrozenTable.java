package stream.weir.runtime.state.memory;

import stream.weir.runtime.state.EntryVisitor;

/** A hash table as it was when a capture was taken. Read by one thread, until the capture is released. */
public final class FrozenTable {
    private final byte[][] pages;
    private final int pageCount;
    private final int size;

    FrozenTable(byte[][] pages, int pageCount, int size) {
        this.pages = pages;
        this.pageCount = pageCount;
        this.size = size;
    }

    public int size() {
        return size;
    }

    /** Visits all entries in no particular order. */
    public void forEach(EntryVisitor visitor) {
        Arena.forEach(pages, pageCount, visitor);
    }
}
