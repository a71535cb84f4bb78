package stream.weir.runtime.state.memory;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.ExpectedKeys;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/** A hash table for each key group and pane. What has no panes is found by the key group alone. */
final class HeapValueTable implements ValueTable {
    private final KeyGroupRange range;
    private final Epochs epochs;
    private final @Nullable HashTable[] plain;
    private final Panes[] panes;
    private final LoadAhead loadAhead = new LoadAhead();
    private final Slice stored = new Slice();
    private final ByteWriter combined = new ByteWriter();

    private HeapValueTable(KeyGroupRange range, Epochs epochs, Panes[] panes) {
        this.range = range;
        this.epochs = epochs;
        this.plain = new HashTable[range.size()];
        this.panes = panes;
    }

    static HeapValueTable of(KeyGroupRange range, Epochs epochs) {
        Panes[] panes = new Panes[range.size()];
        for (int i = 0; i < panes.length; i++) {
            panes[i] = new Panes();
        }
        return new HeapValueTable(range, epochs, panes);
    }

    @Override
    public boolean get(Key key, long pane, Slice value) {
        HashTable table = find(key.keyGroup(), pane);
        return table != null && table.get(key, value);
    }

    @Override
    public void put(Key key, long pane, byte[] value, int offset, int length) {
        findOrCreate(key.keyGroup(), pane).put(key, value, offset, length);
    }

    @Override
    public void remove(Key key, long pane) {
        HashTable table = find(key.keyGroup(), pane);
        if (table != null) {
            table.remove(key);
        }
    }

    @Override
    public void merge(Key key, long pane, Slice delta, Combiner combiner) {
        HashTable table = findOrCreate(key.keyGroup(), pane);
        if (table.get(key, stored)) {
            combined.reset();
            combiner.combine(stored, delta, combined);
            table.put(key, combined.buffer(), 0, combined.size());
        } else {
            table.put(key, delta.array(), delta.offset(), delta.length());
        }
    }

    @Override
    public void forEach(int keyGroup, long pane, EntryVisitor visitor) {
        HashTable table = find(keyGroup, pane);
        if (table != null) {
            table.forEach(visitor);
        }
    }

    @Override
    public void removePane(int keyGroup, long pane) {
        int group = KeyGroupIndex.of(range, keyGroup);
        if (pane == NO_PANE) {
            plain[group] = null;
        } else {
            panes[group].remove(pane);
        }
    }

    @Override
    public OptionalLong firstPane(int keyGroup, long from) {
        int group = KeyGroupIndex.of(range, keyGroup);
        OptionalLong first = panes[group].first(from);
        boolean zero = plain[group] != null && from <= NO_PANE;
        return zero && (first.isEmpty() || first.getAsLong() > NO_PANE) ? OptionalLong.of(NO_PANE) : first;
    }

    /**
     * Loads what searches for these keys will read, without a pane: first all slots, then all entries, as the loads of one pass do not
     * wait for each other.
     *
     * @return of what was loaded, so that loading cannot be taken for useless
     */
    long load(ExpectedKeys keys) {
        if (!loadAhead.pays(keys, this::plainBytes)) {
            return 0;
        }
        long loaded = 0;
        for (int i = 0; i < keys.size(); i++) {
            HashTable table = plain(keys.keyGroup(i));
            loaded += table == null ? 0 : table.loadSlot(keys.hash(i));
        }
        for (int i = 0; i < keys.size(); i++) {
            HashTable table = plain(keys.keyGroup(i));
            loaded += table == null ? 0 : table.loadEntry(keys.hash(i));
        }
        return loaded;
    }

    private @Nullable HashTable plain(int keyGroup) {
        return range.contains(keyGroup) ? plain[keyGroup - range.first()] : null;
    }

    long sizeBytes() {
        long bytes = plainBytes();
        for (Panes group : panes) {
            bytes += group.sizeBytes();
        }
        return bytes;
    }

    private long plainBytes() {
        long bytes = 0;
        for (HashTable table : plain) {
            bytes += table == null ? 0 : table.sizeBytes();
        }
        return bytes;
    }

    /** Adds the present content to {@code image}. */
    void freeze(String name, TableImage image) {
        for (int group = 0; group < plain.length; group++) {
            HashTable table = plain[group];
            int keyGroup = range.first() + group;
            if (table != null && table.size() > 0) {
                image.add(name, keyGroup, NO_PANE, table.freeze());
            }
            panes[group].freeze(name, keyGroup, image);
        }
    }

    private @Nullable HashTable find(int keyGroup, long pane) {
        int group = KeyGroupIndex.of(range, keyGroup);
        if (pane != NO_PANE) {
            return panes[group].find(pane);
        }
        loadAhead.searched();
        return plain[group];
    }

    private HashTable findOrCreate(int keyGroup, long pane) {
        HashTable found = find(keyGroup, pane);
        return found == null ? create(KeyGroupIndex.of(range, keyGroup), pane) : found;
    }

    private HashTable create(int group, long pane) {
        HashTable created = new HashTable(epochs);
        if (pane == NO_PANE) {
            plain[group] = created;
        } else {
            panes[group].add(pane, created);
        }
        return created;
    }
}
