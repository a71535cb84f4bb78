package stream.weir.benchmarks.micro;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.alignment.AlignedInputs;
import stream.weir.runtime.alignment.Arrival;
import stream.weir.runtime.alignment.ExactlyOnceAlignment;
import stream.weir.runtime.alignment.FramesInMemory;
import stream.weir.runtime.alignment.Turn;

/** Two inputs and a barrier on each behind 100 frames; the second input is ten frames late, so ten frames are held back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AlignmentBenchmark {
    private static final int FRAMES = 100;
    private static final int LATE = 10;

    private final AlignedInputs inputs =
            AlignedInputs.of(2, new ExactlyOnceAlignment(2, -1), FramesInMemory.forInputs(2));
    private final Arrival[] records = {records(0), records(1)};
    private long checkpoint;

    private static Link link(int from) {
        return new Link("a", from, "main", "b", 0);
    }

    private static Arrival records(int input) {
        return arrival(input, new Frame.Records(new byte[1024], 0, 1024, 32));
    }

    private static Arrival arrival(int input, Frame.Content content) {
        return new Arrival(new Frame("p", 1, link(input), 0, content), () -> {});
    }

    /** @return turns taken, so that nothing is optimized away */
    @Benchmark
    @OperationsPerInvocation(2 * FRAMES)
    public int frames() {
        checkpoint++;
        int turns = 0;
        for (int i = 0; i < FRAMES + LATE; i++) {
            turns += i == FRAMES - LATE ? barrier(0) : 0;
            turns += i < FRAMES ? take(0, records[0]) : 0;
            turns += i >= LATE ? take(1, records[1]) : 0;
        }
        return turns + barrier(1);
    }

    private int barrier(int input) {
        return take(input, arrival(input, new Frame.Barrier(checkpoint, CheckpointKind.PERIODIC)));
    }

    private int take(int input, Arrival arrival) {
        inputs.arrived(input, arrival);
        int turns = 0;
        for (Optional<Turn> turn = inputs.next(); turn.isPresent(); turn = inputs.next()) {
            turns++;
        }
        return turns;
    }
}
