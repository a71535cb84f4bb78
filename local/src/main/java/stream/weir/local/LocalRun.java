package stream.weir.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToReplica;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.ReplicaMetrics;
import stream.weir.runtime.stage.ReplicaThread;

/**
 * One run: a thread for each replica. Made, opened and stopped once, on the gateway's thread.
 */
final class LocalRun {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Fence fence;
    private final Map<ReplicaId, ReplicaThread> replicas = new LinkedHashMap<>();
    private final Map<ReplicaId, Thread> threads = new LinkedHashMap<>();
    private final Runnable closeChannels;

    /** @param closeChannels called once all replicas have ended */
    LocalRun(Fence fence, Runnable closeChannels) {
        this.fence = fence;
        this.closeChannels = closeChannels;
    }

    Fence fence() {
        return fence;
    }

    void add(ReplicaId id, ReplicaThread replica) {
        replicas.put(id, replica);
    }

    /** Has every replica opened, each on its thread; they start when all are open. */
    void open() {
        replicas.forEach((id, replica) -> threads.put(id, DaemonThreads.of(fence.pipeline() + "/" + id, replica)));
        threads.values().forEach(Thread::start);
    }

    /** What each replica is told to say when it is open, or cannot be. */
    ReplicaThread.Listener listener(ReplicaId id, AtomicInteger notYetOpen, BiConsumer<ReplicaId, Throwable> refused) {
        return new ReplicaThread.Listener() {
            @Override
            public void opened() {
                if (notYetOpen.decrementAndGet() == 0) {
                    replicas.values().forEach(ReplicaThread::start);
                }
            }

            @Override
            public void refused(Throwable error) {
                refused.accept(id, error);
            }
        };
    }

    void send(ReplicaId to, ToReplica message) {
        ReplicaThread replica = replicas.get(to);
        if (replica == null) {
            throw new IllegalArgumentException("no replica " + to + " among " + replicas.keySet());
        }
        replica.inbox().put(new Inbox.Mail.Control(message));
    }

    Map<ReplicaId, ReplicaMetrics> metrics() {
        Map<ReplicaId, ReplicaMetrics> metrics = new LinkedHashMap<>();
        replicas.forEach((id, replica) -> metrics.put(id, replica.metrics()));
        return metrics;
    }

    /** Ends all replicas and waits for them; one that hangs in a function is interrupted. */
    void stop() {
        replicas.values().forEach(ReplicaThread::stop);
        try {
            for (Map.Entry<ReplicaId, Thread> each : threads.entrySet()) {
                awaitEnd(each.getKey(), each.getValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeChannels.run();
    }

    private static void awaitEnd(ReplicaId id, Thread thread) throws InterruptedException {
        while (!thread.join(PATIENCE)) {
            LOG.warn(
                    "{} was told to stop, but is still at work; it is interrupted now. It is here: {}",
                    id,
                    where(thread));
            thread.interrupt();
        }
    }

    private static String where(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return frames.length == 0 ? "at its end" : frames[0].toString();
    }
}
