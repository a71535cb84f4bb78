package stream.weir.service.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.JobView.LostView;
import stream.weir.coordinator.status.JobView.Phase;
import stream.weir.coordinator.status.JobView.RecoveryView;

/**
 * Sees from one view to the next when a job goes back, and when all its replicas are at work again. A recovery begins when a process
 * with a replica is lost, or when the job stops running; it ends when the job runs, and has failed when the next one begins before that,
 * or the job ends.
 */
final class RecoveryWatch {
    private OptionalLong since = OptionalLong.empty();
    private @Nullable RecoveryView present;
    private long last;

    /** The recovery that has ended with this view. */
    Optional<TraceSpan> see(JobView job) {
        Optional<RecoveryView> begun =
                job.recoveries().stream().findFirst().filter(each -> each.run() == job.run() && each.run() > last);
        Optional<TraceSpan> ended = Optional.empty();
        if (begun.isPresent()) {
            ended = end(job, Optional.of("run " + begun.get().run() + " had to begin before all were at work"));
            present = begun.get();
            last = begun.get().run();
        }
        switch (job.phase()) {
            case RUNNING -> {
                ended = ended.or(() -> end(job, Optional.empty()));
                since = lostReplica(job);
            }
            case RECOVERING -> begin(job.atMillis());
            case COMPLETED, STOPPED, FAILED -> {
                ended = ended.or(() -> end(job, Optional.of("the job ended: " + job.phase() + " " + job.detail())));
                since = OptionalLong.empty();
            }
            case STARTING, RESHAPING -> {}
        }
        return ended;
    }

    private void begin(long atMillis) {
        if (since.isEmpty()) {
            since = OptionalLong.of(atMillis);
        }
    }

    private Optional<TraceSpan> end(JobView job, Optional<String> error) {
        RecoveryView ended = present;
        if (ended == null) {
            return Optional.empty();
        }
        long start = Math.min(since.orElse(ended.atMillis()), ended.atMillis());
        present = null;
        since = OptionalLong.empty();
        if (job.phase() == Phase.RECOVERING) {
            begin(job.atMillis());
        }
        return Optional.of(new TraceSpan(
                "recovery",
                TimeUnit.MILLISECONDS.toNanos(start),
                TimeUnit.MILLISECONDS.toNanos(Math.max(start, job.atMillis())),
                Map.of("weir.pipeline", job.pipeline(), "weir.recovery.cause", ended.cause()),
                Map.of("weir.run", ended.run(), "weir.term", job.term(), "weir.checkpoint.id", ended.toCheckpoint()),
                error,
                List.of()));
    }

    /** When the first process went that had a replica of the present run. */
    private static OptionalLong lostReplica(JobView job) {
        return job.lost().stream()
                .filter(lost -> hasReplica(job, lost))
                .mapToLong(LostView::atMillis)
                .min();
    }

    private static boolean hasReplica(JobView job, LostView lost) {
        return job.stages().stream().flatMap(stage -> stage.replicas().stream()).anyMatch(replica -> replica.instance()
                .filter(lost.instance()::equals)
                .isPresent());
    }
}
