package stream.weir.service.trace;

import java.util.function.Consumer;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.JobView;

/** Makes spans of checkpoints and recoveries that have ended. Belongs to one thread. */
public final class JobTraces implements Consumer<JobView> {
    private final Consumer<TraceSpan> spans;
    private final RecoveryWatch recoveries = new RecoveryWatch();

    /** @param spans takes what is ready; must not block */
    public JobTraces(Consumer<TraceSpan> spans) {
        this.spans = spans;
    }

    /** To be told of each checkpoint once. */
    public void ended(JobView view, CheckpointDetail checkpoint) {
        spans.accept(CheckpointSpans.of(view, checkpoint));
    }

    /** To be told of each view, for recoveries. */
    @Override
    public void accept(JobView view) {
        recoveries.see(view).ifPresent(spans);
    }
}
