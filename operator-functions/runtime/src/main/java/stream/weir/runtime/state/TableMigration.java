package stream.weir.runtime.state;

import java.util.OptionalLong;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyHash;

/**
 * Rewrites the values of a table. As a table must not be changed while it is visited, the new values of a key group (and pane) are
 * collected first; so much memory is needed.
 */
final class TableMigration {
    /** In ordered tables a key of one byte belongs to the table itself. */
    private static final int OWN_KEY = 1;

    private final Codec<?> codec;
    private final ByteReader reader = new ByteReader();
    private final ByteWriter value = new ByteWriter();
    private final ByteWriter collected = new ByteWriter();
    private final Slice keySlice = new Slice();
    private final Slice valueSlice = new Slice();

    /** Where collected entries go. */
    private interface Target {
        void put(Slice key, Slice value);
    }

    /** @param codec reads the old values and writes the new ones */
    TableMigration(Codec<?> codec) {
        this.codec = codec;
    }

    void rewrite(ValueTable table, KeyGroupRange range) {
        for (int group = range.first(); group <= range.last(); group++) {
            int keyGroup = group;
            OptionalLong next = table.firstPane(keyGroup, Long.MIN_VALUE);
            while (next.isPresent()) {
                long pane = next.getAsLong();
                table.forEach(keyGroup, pane, this::collect);
                Key target = new Key();
                putCollected((key, changed) -> {
                    target.set(key.array(), key.offset(), key.length(), hash(key), keyGroup);
                    table.put(target, pane, changed.array(), changed.offset(), changed.length());
                });
                next = pane == Long.MAX_VALUE ? OptionalLong.empty() : table.firstPane(keyGroup, pane + 1);
            }
        }
    }

    void rewrite(OrderedTable table, KeyGroupRange range) {
        for (int group = range.first(); group <= range.last(); group++) {
            int keyGroup = group;
            table.scan(keyGroup, new Slice(), new Slice(), (key, old) -> key.length() == OWN_KEY || collect(key, old));
            putCollected((key, changed) -> table.put(keyGroup, key, changed));
        }
    }

    private boolean collect(Slice key, Slice old) {
        convert(codec, old);
        collected.writeLengthPrefixed(key.array(), key.offset(), key.length());
        collected.writeLengthPrefixed(value.buffer(), 0, value.size());
        return true;
    }

    private <T> void convert(Codec<T> converting, Slice old) {
        value.reset();
        converting.encode(converting.decode(reader.wrap(old.array(), old.offset(), old.length())), value);
    }

    private void putCollected(Target target) {
        ByteReader entries = new ByteReader().wrap(collected.buffer(), 0, collected.size());
        while (entries.remaining() > 0) {
            show(entries, keySlice);
            show(entries, valueSlice);
            target.put(keySlice, valueSlice);
        }
        collected.reset();
    }

    private static void show(ByteReader entries, Slice slice) {
        int length = entries.readLength();
        slice.set(entries.buffer(), entries.position(), length);
        entries.skip(length);
    }

    private static long hash(Slice key) {
        return KeyHash.of(key.array(), key.offset(), key.length());
    }
}
