package stream.weir.runtime.state.memory;

import java.util.Arrays;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;

/**
 * Entries of a hash table in pages of bytes. The first page grows from a few hundred bytes, so that small tables are small; an
 * entry larger than a page has a page of its own. A position is a page's index and a multiple of 8 within it.
 *
 * <p>A page shared with a capture is copied before it is changed, and so is the array of pages.
 */
final class Arena {
    private static final int PAGE = 16 * 1024;
    private static final int FIRST_PAGE = 256;
    private static final int PAGE_SHIFT = 11;
    private static final int OFFSET_MASK = (1 << PAGE_SHIFT) - 1;
    private static final int MAX_PAGES = 1 << (32 - PAGE_SHIFT);

    /** Below this, dead entries are not worth the work. */
    private static final int MIN_COMPACTION = 512;

    /** Bytes at the start of the first page without an entry, so that no entry has position 0. */
    private static final int RESERVED = 8;

    private final Epochs epochs;

    private byte[][] pages = {new byte[FIRST_PAGE]};
    private long[] pageEpochs = new long[1];
    private long pagesEpoch;
    private int pageCount = 1;

    /** The page being filled, and how far it is. */
    private int tailPage;

    private int tail = RESERVED;

    private long capacity = FIRST_PAGE;
    private long used;
    private long dead;

    Arena(Epochs epochs) {
        this.epochs = epochs;
        this.pageEpochs[0] = epochs.current();
        this.pagesEpoch = epochs.current();
    }

    boolean matches(int position, Key key) {
        return Entries.keyEquals(pages[position >>> PAGE_SHIFT], (position & OFFSET_MASK) << 3, key);
    }

    /** Loads the entry at {@code position}. @return what it begins with */
    long load(int position) {
        return Entries.header(pages[position >>> PAGE_SHIFT], (position & OFFSET_MASK) << 3);
    }

    void value(int position, Slice value) {
        Entries.value(pages[position >>> PAGE_SHIFT], (position & OFFSET_MASK) << 3, value);
    }

    /** @param room bytes the value may grow by */
    int append(Key key, byte[] value, int offset, int length, int room) {
        int least = Entries.bytes(key.length(), length);
        int extra = Math.min(room, Entries.MAX_ROOM) & ~7;
        int position = allocate(least + extra);
        byte[] page = pages[position >>> PAGE_SHIFT];
        int at = (position & OFFSET_MASK) << 3;
        Entries.header(page, at, Entries.live(key.length(), length, extra));
        System.arraycopy(key.array(), key.offset(), page, at + Entries.HEADER, key.length());
        System.arraycopy(value, offset, page, at + Entries.HEADER + key.length(), length);
        return position;
    }

    /** Writes the value over the entry's old one where it fits. */
    boolean replace(int position, byte[] value, int offset, int length) {
        int index = position >>> PAGE_SHIFT;
        int at = (position & OFFSET_MASK) << 3;
        long header = Entries.header(pages[index], at);
        int keyLength = Entries.keyLength(header);
        if (Entries.valueLength(header) != length) {
            int room = Entries.bytes(header) - Entries.bytes(keyLength, length);
            if (room < 0 || room > Entries.MAX_ROOM) {
                return false;
            }
            Entries.header(writable(index), at, Entries.live(keyLength, length, room));
        }
        System.arraycopy(value, offset, writable(index), at + Entries.HEADER + keyLength, length);
        return true;
    }

    void kill(int position) {
        byte[] page = writable(position >>> PAGE_SHIFT);
        int at = (position & OFFSET_MASK) << 3;
        long header = Entries.header(page, at);
        Entries.header(page, at, Entries.killed(header));
        dead += Entries.bytes(header);
    }

    boolean mostlyDead() {
        return dead > used >>> 1 && dead > MIN_COMPACTION;
    }

    /** Starts anew without entries. @return the old pages, to {@link #adopt} from */
    byte[][] clear() {
        byte[][] old = pages;
        long live = used - dead + RESERVED;
        int first = live > PAGE ? PAGE : Math.max(FIRST_PAGE, ceilingPowerOfTwo((int) live));
        pages = new byte[][] {new byte[first]};
        pageEpochs = new long[] {epochs.current()};
        pagesEpoch = epochs.current();
        pageCount = 1;
        tailPage = 0;
        tail = RESERVED;
        capacity = first;
        used = 0;
        dead = 0;
        return old;
    }

    /** Copies an entry from pages that were the arena's. @return its new position */
    int adopt(byte[][] from, int position) {
        byte[] source = from[position >>> PAGE_SHIFT];
        int at = (position & OFFSET_MASK) << 3;
        int bytes = Entries.bytes(Entries.header(source, at));
        int adopted = allocate(bytes);
        System.arraycopy(source, at, pages[adopted >>> PAGE_SHIFT], (adopted & OFFSET_MASK) << 3, bytes);
        return adopted;
    }

    long sizeBytes() {
        return capacity;
    }

    void forEach(EntryVisitor visitor) {
        forEach(pages, pageCount, visitor);
    }

    FrozenTable freeze(int entries) {
        return new FrozenTable(pages, pageCount, entries);
    }

    static void forEach(byte[][] pages, int pageCount, EntryVisitor visitor) {
        Slice key = new Slice();
        Slice value = new Slice();
        for (int i = 0; i < pageCount; i++) {
            if (!Entries.forEach(pages[i], i == 0 ? RESERVED : 0, key, value, visitor)) {
                return;
            }
        }
    }

    /** Room for an entry in a page that may be written to. */
    private int allocate(int bytes) {
        used += bytes;
        if (bytes > PAGE - RESERVED) {
            addPage(new byte[bytes]);
            return (pageCount - 1) << PAGE_SHIFT;
        }
        if (bytes > pages[tailPage].length - tail) {
            makeRoom(bytes);
        } else {
            writable(tailPage);
        }
        int position = tailPage << PAGE_SHIFT | tail >>> 3;
        tail += bytes;
        return position;
    }

    private void makeRoom(int bytes) {
        int wanted = tail + bytes;
        if (tailPage == 0 && pages[0].length < PAGE && wanted <= PAGE) {
            int grown = ceilingPowerOfTwo(wanted);
            capacity += grown - pages[0].length;
            replacePage(0, Arrays.copyOf(pages[0], grown));
        } else {
            addPage(new byte[PAGE]);
            tailPage = pageCount - 1;
            tail = 0;
        }
    }

    private void addPage(byte[] page) {
        if (pageCount == MAX_PAGES) {
            throw new IllegalStateException("a table of one key group and pane holds " + MAX_PAGES + " pages of " + PAGE
                    + " bytes at most: raise maxParallelism, so that there are more key groups");
        }
        if (pageCount == pages.length) {
            int grown = pages.length + Math.max(4, pages.length >>> 1);
            pages = Arrays.copyOf(pages, grown);
            pagesEpoch = epochs.current();
            pageEpochs = Arrays.copyOf(pageEpochs, grown);
        }
        capacity += page.length;
        pages[pageCount] = page;
        pageEpochs[pageCount] = epochs.current();
        pageCount++;
    }

    private byte[] writable(int index) {
        if (epochs.shared(pageEpochs[index])) {
            replacePage(index, pages[index].clone());
        }
        return pages[index];
    }

    private void replacePage(int index, byte[] page) {
        if (epochs.shared(pagesEpoch)) {
            pages = pages.clone();
            pagesEpoch = epochs.current();
        }
        pages[index] = page;
        pageEpochs[index] = epochs.current();
    }

    private static int ceilingPowerOfTwo(int value) {
        return 1 << (32 - Integer.numberOfLeadingZeros(value - 1));
    }
}
