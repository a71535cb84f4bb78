package stream.weir.runtime.stage;

import java.io.Serial;
import stream.weir.api.codec.Bytes;
import stream.weir.api.pipeline.DeadLetters;
import stream.weir.api.pipeline.OnError;
import stream.weir.runtime.function.Output;
import stream.weir.runtime.source.SourceEvents;

/** What becomes of data that is no record: the source's policy. */
final class SourceTrouble implements SourceEvents {
    private static final String STEP = "source";

    private final String stage;
    private final OnError policy;
    private final Output deadLetters;
    private final ReplicaMetrics metrics;

    SourceTrouble(String stage, OnError policy, Output deadLetters, ReplicaMetrics metrics) {
        this.stage = stage;
        this.policy = policy;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    @Override
    public void malformed(String position, byte[] raw, String reason) {
        switch (policy) {
            case FAIL -> throw new MalformedRecordException(stage, position, reason);
            case SKIP -> count("skipped");
            case DEAD_LETTER -> {
                count("deadLetters");
                deadLetters.emit(DeadLetters.row(reason, STEP, position, Bytes.of(raw)), Long.MIN_VALUE);
            }
        }
    }

    @Override
    public void count(String what) {
        metrics.count(STEP + "." + what);
    }

    /** A source read something that is not a record, and may not leave it out. */
    static final class MalformedRecordException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        MalformedRecordException(String stage, String position, String reason) {
            super("the source of stage " + stage + " cannot read " + position + ": " + reason
                    + " (onError: skip leaves such data out, onError: deadLetter sends it to another stage)");
        }
    }
}
