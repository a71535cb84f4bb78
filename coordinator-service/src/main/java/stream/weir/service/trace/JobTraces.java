package stream.weir.service.trace;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.service.EndedCheckpoints;

/** Makes spans of checkpoints and recoveries that have ended, each once. Belongs to one thread. */
public final class JobTraces implements Consumer<JobView> {
    private final LongFunction<Optional<CheckpointDetail>> details;
    private final Consumer<TraceSpan> spans;
    private final RecoveryWatch recoveries = new RecoveryWatch();
    private final EndedCheckpoints checkpoints = new EndedCheckpoints();

    /**
     * @param details what replicas contributed to a checkpoint of the newest view
     * @param spans takes what is ready; must not block
     */
    public JobTraces(LongFunction<Optional<CheckpointDetail>> details, Consumer<TraceSpan> spans) {
        this.details = details;
        this.spans = spans;
    }

    @Override
    public void accept(JobView view) {
        for (CheckpointView ended : checkpoints.in(view)) {
            details.apply(ended.id())
                    .map(detail -> CheckpointSpans.of(view, detail))
                    .ifPresent(spans);
        }
        recoveries.see(view).ifPresent(spans);
    }
}
