package stream.weir.runtime.state.rocksdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import stream.weir.runtime.state.Slice;

/**
 * The write-back cache of all value tables of a backend: a log of entries in pages, with an index of the newest version of each key.
 *
 * <p>New versions go to the end. An entry behind the last freeze is changed in place; one before it is frozen and gets a new version
 * when it changes. Up to three quarters of the log may wait for their flush, frozen or not; then its oldest pages are frozen and given to
 * be flushed, a quarter of the log at once, so that most keys are written once and that a flush has much to put in order. What is recorded
 * for checkpoints is frozen earlier, where keys hardly change twice ({@link FreezeAhead}). Pages leave at the other end, oldest first, once
 * they have been flushed. So there is one probe for a hit however often the log is frozen, freezing costs nothing, and the flush reads
 * memory in order. The scheme is the hybrid log of FASTER (Chandramouli et al., SIGMOD 2018) with RocksDB in place of its log on disk.
 *
 * <p>An address is a page's number and an offset in it; addresses only grow. Used on the replica's thread.
 */
final class CacheLog {
    static final long NONE = -1;
    private static final int MIN_PAGES = 4;

    /** Changes that take fewer are hardly worth a turn of another thread, and more are left to be recorded by a capture. */
    private static final int PAGES_FROZEN_AHEAD = 8;

    /** What the log asks of its backend. */
    interface Owner {
        /** Learns of pages that the log has just frozen without being asked to, oldest first. */
        void frozen(List<Page> pages);

        /** Whether what is frozen before it has to be saves time later. */
        boolean takesFrozenAhead();

        /** Has frozen pages flushed, oldest first. */
        void flush(List<Page> pages);

        /** Returns when everything below {@code address} has been flushed, and nobody else needs it. */
        void awaitFlushed(long address);
    }

    private final int pageBytes;
    private final int pageShift;
    private long budgetBytes;
    private final Owner owner;
    private final CacheIndex index = new CacheIndex();
    private final ArrayDeque<Page> spare = new ArrayDeque<>();
    private final FreezeAhead ahead;

    private Page[] ring = new Page[16];
    private long firstPage = 1;
    private long endPage = 1;
    private long frozenPage = 1;

    /** Pages below were there when all were frozen last. */
    private long epochPage = 1;

    /** Pages below have been given to be flushed. */
    private long givenPage = 1;

    private long heldBytes;
    private long waitingBytes;

    /** Of changes that are not frozen. */
    private long changeBytes;

    private int pins;

    private long hits;
    private long misses;
    private int foundSlot;
    private long found = NONE;

    CacheLog(RocksDbConfig config, Owner owner) {
        this.pageBytes = config.pageBytes();
        this.pageShift = Integer.numberOfTrailingZeros(pageBytes);
        this.budgetBytes = config.cacheBytes();
        this.owner = owner;
        this.ahead = new FreezeAhead((long) PAGES_FROZEN_AHEAD * pageBytes);
    }

    /** Gives some of its budget to others. */
    void limit(long bytes) {
        budgetBytes = bytes;
    }

    /** A read was answered by what is in it. */
    void hit() {
        hits++;
    }

    /** A read had to go to RocksDB. */
    void missed() {
        misses++;
    }

    long hits() {
        return hits;
    }

    long misses() {
        return misses;
    }

    /** Everything below is frozen. */
    long frozenBefore() {
        return frozenPage << pageShift;
    }

    long heldBytes() {
        return heldBytes + (long) spare.size() * pageBytes + index.bytes();
    }

    /** Of pages that RocksDB lacks something of. */
    long unflushedBytes(long flushedBefore) {
        long bytes = 0;
        for (long number = Math.max(firstPage, flushedBefore >>> pageShift); number < endPage; number++) {
            Page page = ring[(int) number & ring.length - 1];
            bytes += page.dirty() ? page.end() : 0;
        }
        return bytes;
    }

    /** Whether the entry is still held: addresses of entries that were dropped stay smaller than those held. */
    boolean holds(long address) {
        return address >= firstPage << pageShift;
    }

    boolean isMutable(long address) {
        return address >= frozenBefore();
    }

    /** Halfway to being dropped: worth a new version when it is read. */
    boolean isOld(long address) {
        return address >>> pageShift < (firstPage + endPage) / 2 && address < frozenBefore();
    }

    /** Until {@link #unpin}, no page is dropped and nothing should be added but by writes. */
    void pin() {
        pins++;
    }

    void unpin() {
        pins--;
    }

    boolean pinned() {
        return pins > 0;
    }

    Page page(long address) {
        return ring[(int) (address >>> pageShift) & ring.length - 1];
    }

    int offset(long address) {
        return (int) address & pageBytes - 1;
    }

    /** The address of the newest version of {@code key}, or {@link #NONE}. */
    long find(EncodedKey key) {
        int hash = key.hashValue();
        int slot = index.first(hash);
        for (long word = index.word(slot); word != 0; word = index.word(slot)) {
            if (CacheIndex.hash(word) == hash) {
                long address = expand(CacheIndex.address(word));
                if (page(address).hasKey(offset(address), key)) {
                    foundSlot = slot;
                    found = address;
                    return address;
                }
            }
            slot = index.next(slot);
        }
        found = NONE;
        return NONE;
    }

    /**
     * Makes room at the end for a version with that key and value; may freeze, drop old pages and wait for the writer. Before {@link
     * #find}, as it may drop what that has found. What a slice shows stays untouched by it until the next call.
     */
    void reserve(int keyLength, int valueLength) {
        long needed = Page.entryBytes(keyLength, valueLength + (valueLength >> 1));
        if (endPage > frozenPage && pageBytes - last().end() >= needed) {
            return;
        }
        if (needed > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("a key of " + keyLength + " and a value of " + valueLength
                    + " bytes are too large for RocksDB state");
        }
        int bytes = (int) Math.max(pageBytes, needed + Page.FIRST_ENTRY);
        if (waitingBytes > 0 && waitingBytes + bytes > pageBudget() / 4 * 3) {
            flushDownTo(pageBudget() / 2 - bytes);
        }
        if (ahead.isWorthIt(changeBytes) && owner.takesFrozenAhead()) {
            freezeAhead(endPage);
        }
        addPage(bytes);
        dropPages();
    }

    /** Changes the version just found in place; false where it is frozen or too small. */
    boolean overwrite(byte kind, Slice value) {
        if (!isMutable(found)) {
            return false;
        }
        Page page = page(found);
        int at = offset(found);
        if (page.capacity(at) < value.length()) {
            return false;
        }
        changeBytes += page.setValue(at, kind, value.array(), value.offset(), value.length());
        return true;
    }

    /**
     * Adds a version behind all others, after {@link #reserve} and {@link #find}.
     *
     * @param before address of the pane's entry before this one, or {@link #NONE}
     */
    long append(EncodedKey key, byte kind, Slice value, long before) {
        boolean grew = found != NONE && isMutable(found);
        outOfDate(found);
        long address = add(key, kind, value, before, grew ? value.length() >> 1 : 0);
        int shortAddress = (int) (address >>> 3);
        if (found == NONE) {
            index.insert(key.hashValue(), shortAddress);
        } else {
            if (grew) {
                bury(found);
            }
            index.replace(foundSlot, key.hashValue(), shortAddress);
        }
        return address;
    }

    /** Adds an entry that no key leads to, after {@link #reserve}. */
    long appendPaneRemoved(EncodedKey prefix) {
        return add(prefix, Page.PANE_REMOVED, new Slice(), NONE, 0);
    }

    /** Forgets the version just found, which nothing has been flushed of. */
    void discardFound() {
        bury(found);
        index.removeAt(foundSlot);
    }

    boolean isNewest(long address) {
        return index.contains(page(address).hash(offset(address)), (int) (address >>> 3));
    }

    /** The pane's entry before this one; {@link #NONE} where there is none or it is too far away to be held. */
    long before(long address) {
        long distance = page(address).before(offset(address)) & 0xFFFF_FFFFL;
        return distance == 0 ? NONE : address - (distance << 3);
    }

    /** Forgets the entries from {@code last} backwards; those that are frozen will still be flushed. */
    void forgetPane(long last) {
        for (long address = last; holds(address); address = before(address)) {
            Page page = page(address);
            index.remove(page.hash(offset(address)), (int) (address >>> 3));
            outOfDate(address);
            if (isMutable(address)) {
                bury(address);
            }
        }
    }

    private void bury(long address) {
        changeBytes += page(address).mark(offset(address), Page.DEAD);
    }

    /** A change that was frozen ahead, if it was, need not have been; nor where it is only copied, as the copy may change in its place. */
    private void outOfDate(long address) {
        if (address >= epochPage << pageShift && !isMutable(address)) {
            Page page = page(address);
            int at = offset(address);
            ahead.vain(page.kind(at) == Page.CLEAN ? 0 : page.next(at) - at);
        }
    }

    /** Ends the part that may be changed, and returns its pages, oldest first. They are flushed when there is no more room. */
    List<Page> freeze() {
        List<Page> frozen = freezeBefore(endPage);
        epochPage = endPage;
        ahead.ended();
        return frozen;
    }

    /** Gives all frozen pages to be flushed that have not been yet. */
    void flushFrozen() {
        give(frozenPage);
    }

    /** Gives the oldest pages to be flushed until no more than {@code bytes} wait, or none. */
    private void flushDownTo(long bytes) {
        long end = givenPage;
        for (long left = waitingBytes; end < endPage && left > bytes; end++) {
            left -= ring[(int) end & ring.length - 1].data.length;
        }
        if (end > frozenPage) {
            freezeAhead(end);
        }
        give(end);
    }

    private void freezeAhead(long end) {
        List<Page> frozen = freezeBefore(end);
        ahead.frozen(frozen.stream().mapToLong(Page::changeBytes).sum());
        owner.frozen(frozen);
    }

    private List<Page> freezeBefore(long end) {
        List<Page> frozen = new ArrayList<>((int) (end - frozenPage));
        for (; frozenPage < end; frozenPage++) {
            Page page = ring[(int) frozenPage & ring.length - 1];
            frozen.add(page);
            changeBytes -= page.changeBytes();
        }
        return frozen;
    }

    private void give(long end) {
        List<Page> given = new ArrayList<>((int) Math.max(0, end - givenPage));
        for (; givenPage < end; givenPage++) {
            Page page = ring[(int) givenPage & ring.length - 1];
            given.add(page);
            waitingBytes -= page.data.length;
        }
        if (!given.isEmpty()) {
            owner.flush(given);
        }
    }

    private long add(EncodedKey key, byte kind, Slice value, long before, int slack) {
        Page page = last();
        long address = (page.number() << pageShift) + page.end();
        long distance = before == NONE ? 0 : address - before >>> 3;
        int at = page.append(key, distance <= 0xFFFF_FFFFL ? (int) distance : 0, value.length() + slack);
        changeBytes += page.setValue(at, kind, value.array(), value.offset(), value.length());
        return address;
    }

    private Page last() {
        return ring[(int) (endPage - 1) & ring.length - 1];
    }

    private void addPage(int bytes) {
        if (endPage - firstPage == ring.length) {
            growRing();
        }
        Page page = bytes == pageBytes && !spare.isEmpty() ? spare.poll() : new Page(bytes);
        ring[(int) endPage & ring.length - 1] = page.reuse(endPage);
        endPage++;
        heldBytes += bytes;
        waitingBytes += bytes;
    }

    private void dropPages() {
        while (pins == 0 && heldBytes > pageBudget() && firstPage < givenPage) {
            owner.awaitFlushed(firstPage + 1 << pageShift);
            int place = (int) firstPage & ring.length - 1;
            Page page = ring[place];
            forget(page);
            firstPage++;
            heldBytes -= page.data.length;
            if (page.data.length == pageBytes && spare.size() < MIN_PAGES) {
                spare.add(page);
            }
        }
    }

    private void forget(Page page) {
        long start = page.number() << pageShift;
        for (int at = Page.FIRST_ENTRY; at < page.end(); at = page.next(at)) {
            index.remove(page.hash(at), (int) (start + at >>> 3));
        }
    }

    private long pageBudget() {
        return Math.max((long) MIN_PAGES * pageBytes, budgetBytes - index.bytes());
    }

    private long expand(int shortAddress) {
        long base = firstPage << pageShift - 3;
        return base + (shortAddress - (int) base & 0xFFFF_FFFFL) << 3;
    }

    private void growRing() {
        Page[] larger = new Page[ring.length * 2];
        for (long number = firstPage; number < endPage; number++) {
            larger[(int) number & larger.length - 1] = ring[(int) number & ring.length - 1];
        }
        ring = larger;
    }
}
