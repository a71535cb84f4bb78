package stream.weir.runtime.stage;

import stream.weir.runtime.function.Output;
import stream.weir.runtime.sink.SinkDriver;

/** The end of a stage with a sink. */
final class SinkOutput implements Output {
    private final String stage;
    private final SinkDriver sink;

    SinkOutput(String stage, SinkDriver sink) {
        this.stage = stage;
        this.sink = sink;
    }

    @Override
    public void emit(Object value, long timestamp) {
        try {
            sink.write(value, timestamp);
        } catch (Exception e) {
            throw new SinkWriteException(stage, e);
        }
    }

    /** The sink did not take a record; the cause says why. */
    static final class SinkWriteException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SinkWriteException(String stage, Exception cause) {
            super("the sink of stage " + stage + " did not take a record", cause);
        }
    }
}
