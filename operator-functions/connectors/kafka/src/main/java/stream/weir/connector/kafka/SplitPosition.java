package stream.weir.connector.kafka;

import org.apache.kafka.common.Uuid;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;

/**
 * How far a partition is read.
 *
 * @param topic the id of the topic, which another topic of the same name does not have
 * @param next offset of the next record
 * @param stop offset before which reading ends; {@link #ENDLESS} for none
 * @param leaderEpoch of the last record read, by which a log that was cut off is noticed; -1 where not known
 */
record SplitPosition(Uuid topic, long next, long stop, int leaderEpoch) {
    static final long ENDLESS = -1;
    static final int NO_EPOCH = -1;

    private static final int VERSION = 1;

    boolean finished() {
        return stop != ENDLESS && next >= stop;
    }

    SplitPosition at(long offset, int epoch) {
        return new SplitPosition(topic, offset, stop, epoch);
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter(48);
        out.writeByte(VERSION);
        out.writeLong(topic.getMostSignificantBits());
        out.writeLong(topic.getLeastSignificantBits());
        out.writeZigZagLong(next);
        out.writeZigZagLong(stop);
        out.writeZigZagLong(leaderEpoch);
        return Bytes.of(out.toByteArray());
    }

    /**
     * @throws MalformedDataException when the bytes are no position of a partition
     */
    static SplitPosition decode(String split, Bytes bytes) {
        ByteReader in = new ByteReader(bytes.toByteArray());
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedDataException("the position of the partition " + split + " is of version " + version
                    + ", this reader knows " + VERSION + ": it was written by another kind of source or a newer Weir");
        }
        return new SplitPosition(new Uuid(in.readLong(), in.readLong()), in.readZigZagLong(), in.readZigZagLong(), (int)
                in.readZigZagLong());
    }
}
