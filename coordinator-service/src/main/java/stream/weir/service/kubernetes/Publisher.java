package stream.weir.service.kubernetes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.loop.Timer;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.kubernetes.resource.CoordinatorStatus;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * Puts the views of a leading coordinator on a board: at most once in a second, only when something has changed, and only the newest. A
 * board that fails is tried again later and later, and then shows what holds at that time; nothing waits for it.
 *
 * <p>{@link #offer} may be called from any thread and does not block. Everything else is done on the executor for calls.
 */
public final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration CHECKPOINTS_PACE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Views of checkpoints that are kept; further ones can be restored by their number. */
    private static final int MOST_CHECKPOINTS = 100;

    private final Board board;
    private final Kept kept;
    private final String leader;
    private final Ports ports;
    private volatile @Nullable JobView latest;
    private boolean due;
    private Duration pause = PACE;
    /** Without times, and as it was written. */
    private @Nullable CoordinatorStatus shown;

    private @Nullable CoordinatorStatus written;
    private long newestShown = -1;
    private long checkpointsAt;

    /** What it uses of the world. */
    public record Ports(Executor calls, Timer timer, LongSupplier nanos, InstantSource clock) {}

    /** The checkpoints in the store. Calls block. */
    public interface Kept {
        /** Numbers of all, complete or not. */
        List<Long> all() throws Exception;

        /** Its manifest; empty when it was not completed, or is there no more. */
        Optional<Manifest> manifest(long checkpoint) throws Exception;
    }

    /** @param leader name of this pod */
    Publisher(Board board, Kept kept, String leader, Ports ports) {
        this.board = board;
        this.kept = kept;
        this.leader = leader;
        this.ports = ports;
        this.checkpointsAt = ports.nanos().getAsLong() - CHECKPOINTS_PACE.toNanos();
    }

    /** The job as this coordinator sees it while it leads. */
    public void offer(JobView job) {
        latest = job;
        ports.calls().execute(this::ask);
    }

    /** This coordinator leads no more: what it has not shown yet, it never will. */
    public void retire() {
        latest = null;
        ports.calls().execute(() -> {
            shown = null;
            written = null;
            newestShown = -1;
        });
    }

    private void ask() {
        if (!due && latest != null && !latestIsShown()) {
            due = true;
            publish();
            ports.timer().after(pause, () -> ports.calls().execute(() -> {
                due = false;
                ask();
            }));
        }
    }

    private boolean latestIsShown() {
        JobView job = latest;
        return job == null
                || Views.status(job, leader).equals(shown) && (newest(job) == newestShown || !checkpointsAreDue());
    }

    private boolean checkpointsAreDue() {
        return ports.nanos().getAsLong() - checkpointsAt >= CHECKPOINTS_PACE.toNanos();
    }

    private void publish() {
        JobView job = latest;
        if (job == null) {
            return;
        }
        try {
            CoordinatorStatus status = Views.status(job, leader);
            if (!status.equals(shown)) {
                CoordinatorStatus dated = Views.at(
                        status, Optional.ofNullable(written), ports.clock().instant());
                if (!board.show(dated)) {
                    later("there is no CheckpointCoordinator " + job.pipeline() + " yet");
                    return;
                }
                shown = status;
                written = dated;
            }
            if (newest(job) != newestShown && checkpointsAreDue()) {
                checkpointsAt = ports.nanos().getAsLong();
                showCheckpoints();
                newestShown = newest(job);
            }
            pause = PACE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Whatever it is: the job goes on, and the next attempt shows what holds then.
            later(e.toString());
        }
    }

    private void showCheckpoints() throws Exception {
        List<Long> all = kept.all();
        Set<Long> wanted = new TreeSet<>(all.subList(Math.max(0, all.size() - MOST_CHECKPOINTS), all.size()));
        Set<Long> present = board.checkpoints();
        for (long each : present) {
            if (!wanted.contains(each)) {
                board.remove(each);
            }
        }
        for (long each : wanted) {
            if (!present.contains(each)) {
                kept.manifest(each).ifPresent(board::add);
            }
        }
    }

    private void later(String why) {
        if (pause.equals(PACE)) {
            LOG.warn("the views of this job in the cluster are old: {}; tried again", why);
        }
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private static long newest(JobView job) {
        return job.checkpoints().newest().map(CheckpointView::id).orElse(0L);
    }
}
