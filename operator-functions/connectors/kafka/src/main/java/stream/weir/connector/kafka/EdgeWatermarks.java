package stream.weir.connector.kafka;

import java.util.Arrays;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;

/**
 * The watermark of one partition: the least of what the replicas of the stage above have said in it. Those of a newer run take the
 * place of all older ones; nothing of an older run comes behind them, as a run commits first what the one before it has left.
 */
final class EdgeWatermarks {
    private long run = -1;
    private long[] millis = {};

    void saw(EdgeRecords.Watermark watermark) {
        if (watermark.run() > run) {
            run = watermark.run();
            millis = new long[watermark.replicas()];
            Arrays.fill(millis, Long.MIN_VALUE);
        }
        if (watermark.run() == run) {
            millis[watermark.replica()] = watermark.millis();
        }
    }

    /** {@link Long#MIN_VALUE} where nothing is known, {@link Long#MAX_VALUE} when the stage above has ended. */
    long current() {
        return Arrays.stream(millis).min().orElse(Long.MIN_VALUE);
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter();
        out.writeLong(run);
        out.writeInt(millis.length);
        for (long each : millis) {
            out.writeLong(each);
        }
        return Bytes.of(out.toByteArray());
    }

    static EdgeWatermarks decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes.toByteArray());
        EdgeWatermarks read = new EdgeWatermarks();
        read.run = in.readLong();
        read.millis = new long[in.readInt()];
        for (int i = 0; i < read.millis.length; i++) {
            read.millis[i] = in.readLong();
        }
        return read;
    }
}
