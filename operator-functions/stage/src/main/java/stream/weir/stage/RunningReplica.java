package stream.weir.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import stream.weir.protocol.control.Assignment;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.control.ToReplica;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.InputTraffic;
import stream.weir.runtime.stage.ReplicaMetrics;
import stream.weir.runtime.stage.StandingReports;
import stream.weir.runtime.stage.StartedReplica;

/** The replica that a process is, in one run. Belongs to the process's thread. */
final class RunningReplica {
    /** Among the counts of a replica: then the key group's number, and its share of the records in thousandths. */
    private static final String HOT = "hot-key-group.";

    private final Assignment assignment;
    private final StartedReplica started;
    private final LongSupplier nanos;
    private final long beginNanos;
    private final StandingReports reports = new StandingReports();
    private long highestCheckpoint;
    private Optional<FromInstance.NotOpened> notOpened = Optional.empty();

    RunningReplica(Assignment assignment, StartedReplica started, LongSupplier nanos) {
        this.assignment = assignment;
        this.started = started;
        this.nanos = nanos;
        this.beginNanos = nanos.getAsLong();
    }

    Fence fence() {
        return assignment.fence();
    }

    ReplicaId id() {
        return assignment.replica();
    }

    StandingReports reports() {
        return reports;
    }

    ReplicaMetrics metrics() {
        return started.replica().metrics();
    }

    boolean is(Assignment other) {
        return other.fence().run() == fence().run() && other.replica().equals(id());
    }

    /** It could not be opened, and will not be in this run. */
    void notOpened(FromInstance.Cause cause, String error) {
        notOpened = Optional.of(new FromInstance.NotOpened(fence(), id(), cause, error));
    }

    /** Everything that holds, in the order in which it has to be said to the leader of a term. */
    List<FromInstance> standing(long term) {
        List<FromInstance> all = new ArrayList<>();
        reports.inTerm(term).forEach(report -> all.add(new FromInstance.Report(report)));
        Fence present = new Fence(fence().pipeline(), fence().run(), term);
        notOpened
                .map(said -> new FromInstance.NotOpened(present, said.replica(), said.cause(), said.error()))
                .ifPresent(all::add);
        return all;
    }

    FromInstance.Held held() {
        return new FromInstance.Held(fence(), id(), highestCheckpoint);
    }

    /** @return what the coordinator has to be told once more */
    Optional<FromInstance> tell(ToReplica message) {
        if (message instanceof ToReplica.OfCheckpoint of) {
            highestCheckpoint = Math.max(highestCheckpoint, of.checkpoint());
        }
        Optional<FromInstance> again = reports.told(message).map(FromInstance.Report::new);
        started.replica().inbox().put(new Inbox.Mail.Control(message));
        return again;
    }

    ReplicaProgress progress() {
        ReplicaMetrics metrics = metrics();
        Map<String, Long> counts = numbers(metrics.counts());
        metrics.traffic().flatMap(InputTraffic::hot).ifPresent(hot -> counts.put(HOT + hot.keyGroup(), hot.permille()));
        return new ReplicaProgress(
                metrics.records(),
                metrics.idleNanos(),
                metrics.blockedNanos(),
                metrics.watermark(),
                nanos.getAsLong() - beginNanos,
                metrics.lag(),
                numbers(metrics.sent()),
                counts);
    }

    private static Map<String, Long> numbers(Map<String, AtomicLong> counters) {
        Map<String, Long> numbers = new HashMap<>();
        counters.forEach((what, count) -> numbers.put(what, count.get()));
        return numbers;
    }

    /**
     * Ends it and waits for that.
     *
     * @return whether it has ended within {@code limit}
     */
    boolean end(Duration limit) throws InterruptedException {
        started.askToStop();
        return started.awaitEnd(limit);
    }

    /** For people, where it has not ended within {@code limit}. */
    String whyStuck(Duration limit) {
        return id() + " of run " + fence().run() + " was told to end, and has not within " + limit + "; it is at "
                + started.where()
                + ". This process ends, as that may go on to use its memory and its files. Look at the"
                + " store, if it waits for an upload, at its disk, and at native code that functions call";
    }
}
