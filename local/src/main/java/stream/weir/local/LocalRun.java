package stream.weir.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToReplica;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.ReplicaMetrics;
import stream.weir.runtime.stage.ReplicaThread;
import stream.weir.runtime.stage.StartedReplica;

/**
 * One run: a thread for each replica. Made, opened and stopped once, on the gateway's thread.
 */
final class LocalRun {
    private final Fence fence;
    private final Map<ReplicaId, ReplicaThread> replicas = new LinkedHashMap<>();
    private final List<StartedReplica> started = new ArrayList<>();
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
        replicas.forEach((id, replica) ->
                started.add(StartedReplica.open(id, replica, DaemonThreads.named(fence.pipeline() + "/" + id))));
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
        started.forEach(StartedReplica::askToStop);
        try {
            for (StartedReplica each : started) {
                each.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeChannels.run();
    }
}
