package stream.weir.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.FrameCodec;
import stream.weir.protocol.frame.Link;

/** A frame to bytes and back, checksums included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FrameBenchmark {
    private static final int RECORD_BYTES = 32;

    @Param({"1024", "32768"})
    int payloadBytes;

    private final FrameCodec codec = FrameCodec.withDefaults();
    private Frame frame = frame(RECORD_BYTES);
    private byte[] encoded = {};

    @Setup
    public void setup() {
        frame = frame(payloadBytes);
        encoded = codec.encode(frame);
    }

    private static Frame frame(int payload) {
        return new Frame(
                "orders",
                3,
                new Link("by-carrier", 1, "main", "totals", 0),
                17,
                new Frame.Records(new byte[payload], 0, payload, payload / RECORD_BYTES));
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(frame);
    }

    @Benchmark
    public Frame decode() {
        return codec.decode(encoded, 0, encoded.length);
    }
}
