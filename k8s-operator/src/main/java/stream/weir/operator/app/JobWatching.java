package stream.weir.operator.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import stream.weir.operator.reconcile.JobWatch;

/** Lets the watch of jobs go round. Only pipelines that this operator has looked at as leader are watched. */
@Singleton
class JobWatching {
    private static final Duration NODES_EVERY = Duration.ofSeconds(5);
    private static final Duration CANARIES_EVERY = Duration.ofSeconds(30);

    private final JobWatch watch;
    private final PipelineReconciler pipelines;
    private final OperatorConfiguration configured;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("job-watch").daemon().factory());

    private final ScheduledExecutorService deletions = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deletions").daemon().factory());

    @Inject
    JobWatching(JobWatch watch, PipelineReconciler pipelines, OperatorConfiguration configured) {
        this.watch = watch;
        this.pipelines = pipelines;
        this.configured = configured;
    }

    void start(@Observes StartupEvent started) {
        long every = configured.watchInterval().toMillis();
        timer.scheduleWithFixedDelay(() -> watch.round(pipelines::changed), every, every, TimeUnit.MILLISECONDS);
    }

    void startDeleting(@Observes StartupEvent started) {
        long every = configured.watchInterval().toMillis();
        deletions.scheduleWithFixedDelay(pipelines::goOnDeleting, every, every, TimeUnit.MILLISECONDS);
    }

    void startFreeing(@Observes StartupEvent started) {
        long every = NODES_EVERY.toMillis();
        deletions.scheduleWithFixedDelay(pipelines::freeNodes, every, every, TimeUnit.MILLISECONDS);
    }

    void startCanaries(@Observes StartupEvent started) {
        long every = CANARIES_EVERY.toMillis();
        deletions.scheduleWithFixedDelay(pipelines::changeCanaries, every, every, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) {
        timer.shutdownNow();
        deletions.shutdownNow();
    }
}
