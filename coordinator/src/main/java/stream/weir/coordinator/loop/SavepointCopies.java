package stream.weir.coordinator.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.savepoint.SavepointRequests;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.StoreException;

/** Carries out what {@link SavepointRequests} decide: copies beside everything else, and tells them on the loop's thread. */
final class SavepointCopies implements SavepointRequests.Actions {
    private static final Logger LOG = LoggerFactory.getLogger(SavepointCopies.class);

    private final Savepoints copies;
    private final CoordinatorPorts ports;
    private final Duration retryDelay;
    private final CoordinatorListener listener;
    private final Host host;
    private @Nullable SavepointRequests requests;

    /** The loop. */
    interface Host extends LoopThread {
        void takeCheckpoint();

        /** It was made, or will not be. */
        void settled(String name);
    }

    private SavepointCopies(
            Savepoints copies, CoordinatorPorts ports, Duration retryDelay, CoordinatorListener listener, Host host) {
        this.copies = copies;
        this.ports = ports;
        this.retryDelay = retryDelay;
        this.listener = listener;
        this.host = host;
    }

    static SavepointRequests requests(
            Savepoints copies, CoordinatorPorts ports, Duration retryDelay, CoordinatorListener listener, Host host) {
        SavepointCopies actions = new SavepointCopies(copies, ports, retryDelay, listener, host);
        SavepointRequests requests = new SavepointRequests(actions);
        actions.requests = requests;
        return requests;
    }

    @Override
    public void takeCheckpoint() {
        host.takeCheckpoint();
    }

    @Override
    public void copy(String name, Manifest checkpoint, int attempt) {
        SavepointRequests told = requests;
        if (told == null) {
            throw new IllegalStateException("savepoint " + name + " was asked for before anybody could ask");
        }
        if (attempt == 1) {
            start(name, checkpoint, told);
        } else {
            ports.timer().after(retryDelay, () -> start(name, checkpoint, told));
        }
    }

    private void start(String name, Manifest checkpoint, SavepointRequests told) {
        ports.storeCalls().execute(() -> {
            if (host.isClosed()) {
                return;
            }
            try {
                Savepoints.Made made = copies.make(name, checkpoint);
                host.post(() -> told.copied(name, made));
            } catch (StoreException | RuntimeException e) {
                LOG.warn("savepoint {} could not be copied", name, e);
                host.post(() -> told.copyFailed(name, String.valueOf(e.getMessage())));
            }
        });
    }

    @Override
    public void made(String name, Manifest checkpoint) {
        host.settled(name);
        listener.savepointMade(name, checkpoint);
    }

    @Override
    public void failed(String name, String why) {
        LOG.warn("savepoint {} was not made: {}", name, why);
        host.settled(name);
        listener.savepointFailed(name, why);
    }
}
