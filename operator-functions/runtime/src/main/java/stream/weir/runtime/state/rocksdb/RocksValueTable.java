package stream.weir.runtime.state.rocksdb;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/**
 * Values by key and pane, in the log and in RocksDB. A key's newest version is in the log until it has been flushed and its page was
 * wanted; so what the log does not know is as RocksDB has it, and panes that never got there are never looked up there.
 */
final class RocksValueTable implements ValueTable {
    private static final Slice EMPTY = new Slice();

    private final WriteBack shared;
    private final CacheLog log;
    private final KeyGroupRange keyGroups;
    private final Database.Family family;
    private final Panes[] panes;
    private final EncodedKey encoded;
    private final Slice written = new Slice();
    private final Slice stored = new Slice();
    private final ByteWriter combined = new ByteWriter();
    private byte[] read = new byte[512];

    private RocksValueTable(WriteBack shared, KeyGroupRange keyGroups, Database.Family family, Panes[] panes) {
        this.shared = shared;
        this.log = shared.log();
        this.keyGroups = keyGroups;
        this.family = family;
        this.panes = panes;
        this.encoded = new EncodedKey(family.id());
    }

    /** A table of what is in {@code family}; looks up which panes there are. */
    static RocksValueTable of(WriteBack shared, KeyGroupRange keyGroups, Database.Family family) {
        Panes[] panes = new Panes[keyGroups.size()];
        for (int i = 0; i < panes.length; i++) {
            panes[i] = new Panes();
        }
        RocksValueTable table = new RocksValueTable(shared, keyGroups, family, panes);
        if (panes.length > 0) {
            table.findPanes();
        }
        return table;
    }

    private void findPanes() {
        byte[] end = KeyCode.after(KeyCode.group(keyGroups.last()));
        try (DatabaseScan scan = shared.database().scan(family, KeyCode.group(keyGroups.first()), end)) {
            while (scan.valid()) {
                int keyGroup = KeyCode.keyGroup(scan.key());
                long pane = KeyCode.pane(scan.key());
                panes(keyGroup).obtain(pane).restore();
                scan.seek(KeyCode.after(KeyCode.prefix(keyGroup, pane)));
            }
        }
    }

    @Override
    public boolean get(Key key, long pane, Slice value) {
        Pane known = panes(key.keyGroup()).find(pane);
        return known != null && get(known, encode(key, pane), value);
    }

    private boolean get(Pane pane, EncodedKey key, Slice value) {
        long address = log.find(key);
        if (address == CacheLog.NONE) {
            return readable(pane) && read(pane, key, value);
        }
        log.hit();
        Page page = log.page(address);
        int at = log.offset(address);
        if (page.kind(at) == Page.REMOVED) {
            return false;
        }
        value.set(page.data, page.valueOffset(at), page.valueLength(at));
        if (log.isOld(address) && !log.pinned()) {
            cache(pane, key, value);
        }
        return true;
    }

    /** Reads from RocksDB, and keeps what there is. */
    private boolean read(Pane pane, EncodedKey key, Slice value) {
        shared.checkWriter();
        log.missed();
        int length = shared.database().get(family, key.array(), key.length(), read);
        if (length == RocksDB.NOT_FOUND) {
            return false;
        }
        if (length > read.length) {
            read = new byte[length + (length >> 1)];
            length = shared.database().get(family, key.array(), key.length(), read);
        }
        value.set(read, 0, length);
        if (!log.pinned()) {
            cache(pane, key, value);
        }
        return true;
    }

    /** Adds a version that RocksDB has, or will have before it can be asked for it. */
    private void cache(Pane pane, EncodedKey key, Slice value) {
        log.reserve(key.length(), value.length());
        log.find(key);
        pane.cached(log.append(key, Page.CLEAN, value, pane.last()));
    }

    @Override
    public void put(Key key, long pane, byte[] value, int offset, int length) {
        put(panes(key.keyGroup()).obtain(pane), encode(key, pane), written.set(value, offset, length));
    }

    private void put(Pane pane, EncodedKey key, Slice value) {
        log.reserve(key.length(), value.length());
        log.find(key);
        change(pane, key, Page.PUT, value);
    }

    /** After {@link CacheLog#reserve} and {@link CacheLog#find}. */
    private void change(Pane pane, EncodedKey key, byte kind, Slice value) {
        if (!log.overwrite(kind, value)) {
            pane.changed(log.append(key, kind, value, pane.last()));
        }
    }

    /** Makes a recorded change again. The key is as RocksDB has it, of a key group of this replica. */
    void putAgain(byte[] changes, int key, int keyLength, int value, int valueLength) {
        encoded.set(changes, key, keyLength);
        int keyGroup = KeyCode.keyGroup(encoded.array());
        Pane pane = panes(keyGroup).obtain(KeyCode.pane(encoded.array()));
        put(pane, encoded, written.set(changes, value, valueLength));
    }

    /** Makes a recorded removal again, as {@link #putAgain}. */
    void removeAgain(byte[] changes, int key, int keyLength) {
        encoded.set(changes, key, keyLength);
        removeEncoded(panes(KeyCode.keyGroup(encoded.array())).find(KeyCode.pane(encoded.array())));
    }

    @Override
    public void remove(Key key, long pane) {
        encode(key, pane);
        removeEncoded(panes(key.keyGroup()).find(pane));
    }

    private void removeEncoded(@Nullable Pane known) {
        if (known == null) {
            return;
        }
        log.reserve(encoded.length(), 0);
        long address = log.find(encoded);
        if (known.frozen(log.frozenBefore())) {
            change(known, encoded, Page.REMOVED, EMPTY);
        } else if (address != CacheLog.NONE) {
            log.discardFound();
        }
    }

    @Override
    public void merge(Key key, long pane, Slice delta, Combiner combiner) {
        Pane known = panes(key.keyGroup()).obtain(pane);
        encode(key, pane);
        Slice result = delta;
        if (get(known, encoded, stored)) {
            combined.reset();
            combiner.combine(stored, delta, combined);
            result = written.set(combined.buffer(), 0, combined.size());
        }
        put(known, encoded, result);
    }

    @Override
    public void forEach(int keyGroup, long pane, EntryVisitor visitor) {
        shared.checkOpen();
        Pane known = panes(keyGroup).find(pane);
        if (known == null || !known.present()) {
            return;
        }
        log.pin();
        try {
            if (visitCached(known, visitor) && readable(known)) {
                visitStored(KeyCode.prefix(keyGroup, pane), visitor);
            }
        } finally {
            log.unpin();
        }
    }

    private boolean visitCached(Pane pane, EntryVisitor visitor) {
        Slice key = new Slice();
        Slice value = new Slice();
        for (long address = pane.last(); log.holds(address); address = log.before(address)) {
            Page page = log.page(address);
            int at = log.offset(address);
            if (page.kind(at) != Page.REMOVED && log.isNewest(address)) {
                int prefix = KeyCode.prefixBytes(page.data, page.keyOffset(at));
                key.set(page.data, page.keyOffset(at) + prefix, page.keyLength(at) - prefix);
                value.set(page.data, page.valueOffset(at), page.valueLength(at));
                if (!visitor.visit(key, value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Visits what RocksDB has and the log does not. */
    private void visitStored(byte[] prefix, EntryVisitor visitor) {
        EncodedKey seen = new EncodedKey(family.id());
        Slice key = new Slice();
        Slice value = new Slice();
        boolean more = true;
        try (DatabaseScan scan = shared.database().scan(family, prefix, KeyCode.after(prefix))) {
            for (; more && scan.valid(); scan.next()) {
                if (log.find(seen.set(scan.key(), 0, scan.keyLength())) == CacheLog.NONE) {
                    scan.value(value);
                    more = visitor.visit(key.set(scan.key(), prefix.length, scan.keyLength() - prefix.length), value);
                }
            }
        }
    }

    @Override
    public void removePane(int keyGroup, long pane) {
        shared.checkOpen();
        Panes group = panes(keyGroup);
        Pane known = group.find(pane);
        if (known == null) {
            return;
        }
        encoded.setPane(keyGroup, pane);
        log.reserve(encoded.length(), 0);
        log.forgetPane(known.last());
        if (known.frozen(log.frozenBefore())) {
            known.removed(log.appendPaneRemoved(encoded));
        } else {
            known.forget();
        }
        group.clean(shared.flushedBefore());
    }

    @Override
    public OptionalLong firstPane(int keyGroup, long from) {
        shared.checkOpen();
        return panes(keyGroup).first(from);
    }

    private boolean readable(Pane pane) {
        return pane.readable(log.frozenBefore(), shared.flushedBefore());
    }

    private EncodedKey encode(Key key, long pane) {
        shared.checkOpen();
        return encoded.set(key.keyGroup(), pane, key.array(), key.offset(), key.length());
    }

    private Panes panes(int keyGroup) {
        if (!keyGroups.contains(keyGroup)) {
            throw new IllegalArgumentException("key group " + keyGroup + " is not of this replica, which holds "
                    + keyGroups.first() + " to " + keyGroups.last());
        }
        return panes[keyGroup - keyGroups.first()];
    }
}
