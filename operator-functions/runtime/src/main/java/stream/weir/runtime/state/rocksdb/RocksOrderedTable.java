package stream.weir.runtime.state.rocksdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;

/**
 * An ordered table: the changes since the last freeze in a sorted map, frozen maps until they have been flushed, and RocksDB.
 *
 * <p>For each key group it keeps a bound below which RocksDB has nothing that memory does not override. Timers are asked for from
 * the beginning up to the watermark, again and again; below the bound that costs no read.
 */
final class RocksOrderedTable implements OrderedTable {
    private final WriteBack shared;
    private final KeyGroupRange keyGroups;
    private final Database.Family family;
    private final ArrayDeque<OrderedGeneration> frozen = new ArrayDeque<>();
    private final BitSet stored = new BitSet();
    private final byte[][] bounds;
    private OrderedGeneration young;
    private byte[] read = new byte[512];

    private RocksOrderedTable(WriteBack shared, KeyGroupRange keyGroups, Database.Family family) {
        this.shared = shared;
        this.keyGroups = keyGroups;
        this.family = family;
        this.bounds = new byte[keyGroups.size()][0];
        this.young = new OrderedGeneration(family.id());
    }

    /** A table of what is in {@code family}; looks up which key groups have something. */
    static RocksOrderedTable of(WriteBack shared, KeyGroupRange keyGroups, Database.Family family) {
        RocksOrderedTable table = new RocksOrderedTable(shared, keyGroups, family);
        if (keyGroups.size() > 0) {
            table.findGroups();
        }
        return table;
    }

    private void findGroups() {
        byte[] end = KeyCode.after(KeyCode.group(keyGroups.last()));
        try (DatabaseScan scan = shared.database().scan(family, KeyCode.group(keyGroups.first()), end)) {
            while (scan.valid()) {
                int keyGroup = KeyCode.keyGroup(scan.key());
                stored.set(keyGroup);
                bounds[keyGroup - keyGroups.first()] = Arrays.copyOf(scan.key(), scan.keyLength());
                scan.seek(KeyCode.after(KeyCode.group(keyGroup)));
            }
        }
    }

    @Override
    public boolean get(int keyGroup, Slice key, Slice value) {
        byte[] encoded = encode(keyGroup, key);
        byte[] known = cached(encoded);
        if (known == null && !mayBeStored(keyGroup, encoded)) {
            return false;
        }
        if (known == null) {
            return read(encoded, value);
        }
        value.set(known, 0, known.length);
        return known != OrderedGeneration.REMOVED;
    }

    private byte @Nullable [] cached(byte[] key) {
        byte[] known = young.get(key);
        if (known == null) {
            for (OrderedGeneration generation : frozen) {
                known = generation.get(key);
                if (known != null) {
                    break;
                }
            }
        }
        return known;
    }

    private boolean read(byte[] key, Slice value) {
        shared.checkWriter();
        int length = shared.database().get(family, key, key.length, read);
        if (length > read.length) {
            read = new byte[length + (length >> 1)];
            length = shared.database().get(family, key, key.length, read);
        }
        if (length == RocksDB.NOT_FOUND) {
            return false;
        }
        value.set(read, 0, length);
        return true;
    }

    @Override
    public void put(int keyGroup, Slice key, Slice value) {
        byte[] content = value.toByteArray();
        write(encode(keyGroup, key), content);
    }

    @Override
    public void remove(int keyGroup, Slice key) {
        byte[] encoded = encode(keyGroup, key);
        if (stored.get(keyGroup)) {
            write(encoded, OrderedGeneration.REMOVED);
        } else {
            young.forget(encoded);
        }
    }

    private void write(byte[] key, byte[] value) {
        long before = young.bytes();
        young.put(key, value);
        shared.orderedGrew(young.bytes() - before);
    }

    @Override
    public void scan(int keyGroup, Slice from, Slice to, EntryVisitor visitor) {
        byte[] first = encode(keyGroup, from);
        byte[] end = to.length() == 0 ? KeyCode.after(KeyCode.group(keyGroup)) : encode(keyGroup, to);
        if (Arrays.compareUnsigned(first, end) >= 0) {
            return;
        }
        dropFlushed();
        List<OrderedGeneration> generations = new ArrayList<>();
        generations.add(young);
        generations.addAll(frozen);
        int place = keyGroup - keyGroups.first();
        byte[] bound = bounds[place];
        boolean fromBound = Arrays.compareUnsigned(first, bound) <= 0;
        byte[] disk = !stored.get(keyGroup) ? end : fromBound ? bound : first;
        try (OrderedMerge merge =
                new OrderedMerge(generations, first, end, new OrderedMerge.Disk(disk, () -> open(disk, end)))) {
            boolean complete = merge.visit(visitor);
            // A freeze by the visitor has lowered the bound, and what overrode RocksDB is on its way there.
            if (stored.get(keyGroup) && fromBound && young == generations.getFirst()) {
                byte[] met = merge.firstStored();
                byte[] reached = met != null ? met : complete ? end : bound;
                bounds[place] = Arrays.compareUnsigned(reached, bound) > 0 ? reached : bound;
            }
        }
    }

    private DatabaseScan open(byte[] first, byte[] end) {
        shared.checkWriter();
        return shared.database().scan(family, first, end);
    }

    /** Ends the generation that may be changed; returns it when there is something in it. */
    Optional<OrderedGeneration> freeze() {
        dropFlushed();
        if (young.isEmpty()) {
            return Optional.empty();
        }
        OrderedGeneration generation = young;
        awaitRoom();
        young = new OrderedGeneration(family.id());
        frozen.addFirst(generation);
        generation.keyGroups().stream().forEach(keyGroup -> freeze(keyGroup, generation));
        return Optional.of(generation);
    }

    /** Lowers the bound to the first key on its way to RocksDB. */
    private void freeze(int keyGroup, OrderedGeneration generation) {
        byte[] first = generation.first(KeyCode.group(keyGroup));
        if (first == null || KeyCode.keyGroup(first) != keyGroup) {
            return;
        }
        int place = keyGroup - keyGroups.first();
        byte[] bound = bounds[place];
        if (!stored.get(keyGroup) || Arrays.compareUnsigned(first, bound) < 0) {
            bounds[place] = first;
        }
        stored.set(keyGroup);
    }

    /** Holds the replica back while more than two generations wait for the writer. */
    private void awaitRoom() {
        while (frozen.size() > 2) {
            shared.awaitFlushed(frozen.getLast());
            dropFlushed();
        }
    }

    private void dropFlushed() {
        while (!frozen.isEmpty() && frozen.getLast().flushed()) {
            frozen.removeLast();
        }
    }

    private boolean mayBeStored(int keyGroup, byte[] key) {
        byte[] bound = bounds[keyGroup - keyGroups.first()];
        return stored.get(keyGroup) && Arrays.compareUnsigned(key, bound) >= 0;
    }

    private byte[] encode(int keyGroup, Slice key) {
        shared.checkOpen();
        if (!keyGroups.contains(keyGroup)) {
            throw new IllegalArgumentException("key group " + keyGroup + " is not of this replica, which holds "
                    + keyGroups.first() + " to " + keyGroups.last());
        }
        byte[] encoded = new byte[KeyCode.GROUP_BYTES + key.length()];
        KeyCode.writeGroup(encoded, keyGroup);
        System.arraycopy(key.array(), key.offset(), encoded, KeyCode.GROUP_BYTES, key.length());
        return encoded;
    }

    /** Of heap, estimated. */
    long bytes() {
        long bytes = young.bytes();
        for (OrderedGeneration generation : frozen) {
            bytes += generation.bytes();
        }
        return bytes;
    }
}
