package stream.weir.operator.app;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.operator.reconcile.JobWatch;

/**
 * Lets the watch of jobs go round, and all else that is done from time to time. Only pipelines that this operator has looked at are
 * watched: as leader, or because they are being deleted.
 */
@Singleton
class JobWatching {
    private static final Logger LOG = LoggerFactory.getLogger(JobWatching.class);
    private static final Duration NODES_EVERY = Duration.ofSeconds(5);
    private static final Duration CANARIES_EVERY = Duration.ofSeconds(30);

    /** As many as there are tasks: a call that hangs holds up no other task. */
    private static final int THREADS = 4;

    private final JobWatch watch;
    private final PipelineReconciler pipelines;
    private final OperatorConfiguration configured;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().name("job-watch-", 0).daemon().factory());
    private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    JobWatching(JobWatch watch, PipelineReconciler pipelines, OperatorConfiguration configured) {
        this.watch = watch;
        this.pipelines = pipelines;
        this.configured = configured;
    }

    /** To be called once, when the SDK has filled its caches: before, they can be asked for nothing. */
    void start() {
        Duration often = configured.watchInterval();
        every(often, "the watch of jobs", () -> watch.round(pipelines::changed));
        every(often, "the deletion of pipelines", () -> pipelines.goOnDeleting(looks));
        every(NODES_EVERY, "the release of nodes that are back", pipelines::freeNodes);
        every(CANARIES_EVERY, "the change of canaries", pipelines::changeCanaries);
    }

    /** Goes on after any failure: a timer of Java's drops a task that has failed once, and says nothing. */
    void every(Duration delay, String what, Runnable task) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        LOG.warn("{} has failed, and is tried again in {} ms", what, delay.toMillis(), e);
                    }
                },
                delay.toMillis(),
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) {
        timer.shutdownNow();
        looks.shutdownNow();
    }
}
