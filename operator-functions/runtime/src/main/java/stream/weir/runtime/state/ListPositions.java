package stream.weir.runtime.state;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * Positions of list elements: they grow within a key group, over restores and moves of the group as well, so that an element is
 * appended without looking for the last one. They are taken in blocks; only the end of the block is stored, under a key of one
 * byte that no element has. After a restore the rest of a block is left out.
 */
final class ListPositions {
    private static final long BLOCK = 1 << 20;
    private static final byte[] OWN_KEY = {(byte) 0xFF};

    private final OrderedTable table;
    private final int firstGroup;
    private final long[] next;
    private final long[] blockEnd;
    private final Slice key = new Slice(OWN_KEY);
    private final Slice found = new Slice();

    private ListPositions(OrderedTable table, int firstGroup, long[] next, long[] blockEnd) {
        this.table = table;
        this.firstGroup = firstGroup;
        this.next = next;
        this.blockEnd = blockEnd;
    }

    static ListPositions of(OrderedTable table, KeyGroupRange range) {
        return new ListPositions(table, range.first(), new long[range.size()], new long[range.size()]);
    }

    /** A position behind all those of the key group. */
    long next(int keyGroup) {
        int group = keyGroup - firstGroup;
        if (next[group] == blockEnd[group]) {
            takeBlock(keyGroup, group);
        }
        return next[group]++;
    }

    private void takeBlock(int keyGroup, int group) {
        if (table.get(keyGroup, key, found)) {
            next[group] = new ByteReader()
                    .wrap(found.array(), found.offset(), found.length())
                    .readLong();
        }
        blockEnd[group] = next[group] + BLOCK;
        ByteWriter end = new ByteWriter(Long.BYTES);
        end.writeLong(blockEnd[group]);
        table.put(keyGroup, key, new Slice(end.toByteArray()));
    }
}
