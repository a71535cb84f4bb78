package stream.weir.runtime.stage;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.runtime.channel.FrameSink;

/**
 * Drives a replica on a thread of its own: takes mail, lets the replica work, waits when there is neither. The replica is opened,
 * used and closed on this thread, so none of its parts needs a lock.
 */
public final class ReplicaThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaThread.class);
    private static final int MAILS_AT_ONCE = 64;

    /** A lost wake-up costs this much at most. */
    private static final long CREDIT_CHECK_NANOS = 10_000_000;

    private final ReplicaSetup setup;
    private final ReplicaEnvironment environment;
    private final Listener listener;
    private final Inbox inbox = new Inbox();
    private final ReplicaMetrics metrics = new ReplicaMetrics();
    private final CountDownLatch mayStart = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile boolean drainAsked;

    /** Is told how the replica fares; on the replica's thread. */
    public interface Listener {
        /** State is restored and fits; work begins after {@link #start}. */
        void opened();

        /** The replica could not be opened; nothing has been changed. */
        void refused(Throwable error);
    }

    public ReplicaThread(ReplicaSetup setup, ReplicaEnvironment environment, Listener listener) {
        this.setup = setup;
        this.environment = environment;
        this.listener = listener;
    }

    /** An error and its causes in one line, as it is told to the coordinator. */
    public static String describe(Throwable error) {
        return Causes.describe(error);
    }

    /** Where the replica's mail goes. */
    public Inbox inbox() {
        return inbox;
    }

    public ReplicaMetrics metrics() {
        return metrics;
    }

    /** Lets an opened replica go to work. */
    public void start() {
        mayStart.countDown();
    }

    /** Asks the thread to end: nothing more is processed. */
    public void stop() {
        stopping = true;
        mayStart.countDown();
        inbox.wakeUp();
    }

    /** Waits until the replica is closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void run() {
        try {
            openAndRun();
        } finally {
            ended.countDown();
        }
    }

    private void openAndRun() {
        Replica replica;
        try {
            replica = ReplicaOpener.open(
                    setup,
                    environment,
                    new ReplicaOpener.Wiring(
                            metrics, this::awaitCredit, inbox::wakeUp, this::drainSoon, () -> stopping));
        } catch (Throwable e) {
            if (!stopping) {
                environment.files().doubt();
            }
            listener.refused(e);
            return;
        }
        try (replica) {
            work(replica);
        } catch (Exception e) {
            LOG.warn("{} could not be closed in good order", setup.id(), e);
        }
    }

    /** A failure is reported before the replica is closed, as closing may take long. */
    private void work(Replica replica) {
        try {
            environment.coordinator().accept(new ToCoordinator.Opened(setup.fence(), setup.id(), replica.schema()));
            listener.opened();
            mayStart.await();
            drive(replica);
        } catch (ReplicaStoppedException e) {
            LOG.debug("{} stopped while it waited for credit", setup.id());
        } catch (InterruptedException e) {
            failed(e, environment.coordinator());
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            failed(e, environment.coordinator());
        }
    }

    /** What happens while a replica closes after it was told to stop is no failure of the job. */
    private void failed(Throwable error, Consumer<ToCoordinator> coordinator) {
        if (stopping) {
            LOG.debug("{} ended with an error after it was told to stop", setup.id(), error);
            return;
        }
        LOG.warn("{} failed", setup.id(), error);
        if (!(error instanceof LinkLostException)) {
            environment.files().doubt();
        }
        coordinator.accept(new ToCoordinator.Failed(setup.fence(), setup.id(), Causes.describe(error)));
    }

    private void drive(Replica replica) throws Exception {
        if (!stopping) {
            replica.start();
        }
        while (!stopping) {
            boolean worked = takeMail(replica);
            if (drainAsked) {
                drainAsked = false;
                replica.drain();
            }
            if (replica.work() == Replica.Work.NONE && !worked) {
                idle(replica.pauseNanos());
            }
        }
    }

    private boolean takeMail(Replica replica) throws Exception {
        for (int i = 0; i < MAILS_AT_ONCE; i++) {
            Inbox.Mail mail = inbox.poll();
            if (mail == null || stopping) {
                return i > 0;
            }
            replica.handle(mail);
        }
        return true;
    }

    private void idle(long nanos) {
        long begin = nanos().getAsLong();
        inbox.await(nanos);
        metrics.idle(nanos().getAsLong() - begin);
    }

    private void awaitCredit(FrameSink sink) {
        long begin = nanos().getAsLong();
        inbox.expectWakeUp();
        while (!sink.writable()) {
            if (stopping) {
                throw new ReplicaStoppedException(setup.id().toString());
            }
            inbox.awaitWakeUp(CREDIT_CHECK_NANOS);
        }
        metrics.blocked(nanos().getAsLong() - begin);
    }

    private void drainSoon() {
        drainAsked = true;
        inbox.wakeUp();
    }

    private LongSupplier nanos() {
        return environment.nanos();
    }
}
