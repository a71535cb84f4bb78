package stream.weir.coordinator.election;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.loop.Timer;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.ObjectStore.Versioned;
import stream.weir.store.StoreException;

/**
 * An election by an object in the store that is renewed by compare-and-set. Others take it over when its version has not changed for
 * so long by their own monotonic clock; nobody compares wall clocks. The holder counts from before it asked for its last successful
 * renewal, so that it stops before anybody else can begin, whatever the store's answers take.
 *
 * <p>Belongs to {@link Ports#loop}; {@link #start} and {@link #close} may be called from any thread.
 */
public final class StoreLease implements LeaderElection {
    /** Below the pipeline's folder. */
    public static final String NAME = "lease";

    private static final int MAX_BYTES = 4_096;
    private static final Logger LOG = LoggerFactory.getLogger(StoreLease.class);

    private final ObjectStore store;
    private final String holder;
    private final LeaseConfig config;
    private final Ports ports;
    private Candidate candidate = Unheard.INSTANCE;
    private @Nullable Observed observed;
    private @Nullable Office office;
    private Timer.@Nullable Scheduled expiry;
    private boolean asking;
    private volatile boolean closed;

    /**
     * What it uses of the world.
     *
     * @param loop one thread, in order
     * @param storeCalls for calls that block
     * @param nanos monotonic
     * @param nonces never the same one twice, over all processes
     */
    public record Ports(Executor loop, Executor storeCalls, Timer timer, LongSupplier nanos, Supplier<String> nonces) {}

    /** A version that somebody else wrote, and since when it is known. */
    private record Observed(String version, LeaseDocument document, long sinceNanos) {}

    /** The lease is ours, in this version, until then. */
    private record Office(String version, long untilNanos) {}

    /** What a look at the store, or an attempt to write, has led to. */
    private sealed interface Outcome {
        record Ours(String version) implements Outcome {}

        record Theirs(String version, LeaseDocument document) implements Outcome {}

        record Unknown(String why) implements Outcome {}
    }

    /**
     * @param store the pipeline's own folder
     * @param holder who this is, for people: one line
     */
    public StoreLease(ObjectStore store, String holder, LeaseConfig config, Ports ports) {
        this.store = store;
        this.holder = holder.replace('\n', ' ').replace('\r', ' ');
        this.config = config;
        this.ports = ports;
    }

    @Override
    public void start(Candidate standing) {
        ports.loop().execute(() -> {
            candidate = standing;
            turn();
        });
    }

    @Override
    public void close() {
        closed = true;
        ports.loop().execute(() -> {
            Office held = office;
            office = null;
            stopExpiry();
            if (held != null) {
                ports.storeCalls().execute(() -> release(held));
            }
        });
    }

    private void turn() {
        if (!closed) {
            ports.timer().after(config.renew(), () -> ports.loop().execute(this::turn));
            ask();
        }
    }

    /** One call at a time, however long it takes. */
    private void ask() {
        if (closed || asking) {
            return;
        }
        asking = true;
        long asked = ports.nanos().getAsLong();
        Optional<String> writable = writable(asked);
        ports.storeCalls().execute(() -> {
            Outcome outcome;
            try {
                outcome = writable.isPresent() ? write(writable.get()) : look();
            } catch (StoreException e) {
                outcome = new Outcome.Unknown(String.valueOf(e.getMessage()));
            } catch (RuntimeException | Error e) {
                LOG.error("the lease cannot be asked for", e);
                outcome = new Outcome.Unknown(e.toString());
            }
            Outcome known = outcome;
            ports.loop().execute(() -> answered(known, asked));
        });
    }

    /** The version that may be replaced now: ours, or one that was released or has expired. */
    private Optional<String> writable(long now) {
        Office held = office;
        if (held != null) {
            return Optional.of(held.version());
        }
        return Optional.ofNullable(observed)
                .filter(seen -> seen.document().state() == LeaseDocument.State.RELEASED
                        || now - seen.sinceNanos() - config.expires().toNanos() >= 0)
                .map(Observed::version);
    }

    /** Takes the lease, or renews it; what became of it is found out by reading when the store leaves that open. */
    private Outcome write(String version) throws StoreException {
        byte[] content = new LeaseDocument(holder, ports.nonces().get(), LeaseDocument.State.HELD).bytes();
        try {
            Optional<String> written = store.replace(NAME, version, content);
            if (written.isPresent()) {
                return new Outcome.Ours(written.get());
            }
        } catch (StoreException e) {
            if (!e.outcomeUnknown()) {
                throw e;
            }
        }
        return read(content);
    }

    private Outcome look() throws StoreException {
        Optional<Versioned> found = store.readVersioned(NAME, MAX_BYTES);
        if (found.isPresent()) {
            return theirs(found.get());
        }
        byte[] content = new LeaseDocument(holder, ports.nonces().get(), LeaseDocument.State.HELD).bytes();
        try {
            Created created = store.create(NAME, content);
            LOG.debug("the lease was created: {}", created);
        } catch (StoreException e) {
            if (!e.outcomeUnknown()) {
                throw e;
            }
        }
        return read(content);
    }

    private Outcome read(byte[] ours) throws StoreException {
        Optional<Versioned> found = store.readVersioned(NAME, MAX_BYTES);
        if (found.isEmpty()) {
            return new Outcome.Unknown(store.location() + "/" + NAME + " is not there");
        }
        return Arrays.equals(found.get().content(), ours)
                ? new Outcome.Ours(found.get().version())
                : theirs(found.get());
    }

    private static Outcome theirs(Versioned found) {
        return new Outcome.Theirs(found.version(), LeaseDocument.of(found.content()));
    }

    private void answered(Outcome outcome, long asked) {
        asking = false;
        switch (outcome) {
            case Outcome.Ours(String version) -> ours(version, asked);
            case Outcome.Theirs(String version, LeaseDocument document) -> theirs(version, document);
            case Outcome.Unknown(String why) -> LOG.warn("the lease of {} is unknown: {}", holder, why);
        }
    }

    private void ours(String version, long asked) {
        long until = asked + config.expires().toNanos();
        Office next = new Office(version, until);
        if (closed) {
            ports.storeCalls().execute(() -> release(next));
            return;
        }
        long left = until - ports.nanos().getAsLong();
        if (left <= 0) {
            observed = expired(next);
            lose("the answer to a renewal took longer than " + config.expires());
            return;
        }
        boolean elected = office == null;
        office = next;
        observed = null;
        stopExpiry();
        expiry = ports.timer().after(Duration.ofNanos(left), () -> ports.loop().execute(() -> expire(next)));
        if (elected) {
            candidate.elected();
        }
    }

    private void theirs(String version, LeaseDocument document) {
        Observed before = observed;
        boolean news = before == null || !before.version().equals(version);
        if (news) {
            observed = new Observed(version, document, ports.nanos().getAsLong());
        }
        lose(document.holder() + " has the lease");
        if (news && !closed) {
            candidate.follows(document.holder());
        }
        if (news && document.state() == LeaseDocument.State.RELEASED) {
            ask();
        }
    }

    private void expire(Office due) {
        if (due.equals(office)) {
            observed = expired(due);
            lose("the lease could not be renewed for " + config.expires());
        }
    }

    /** Our own version, which anybody may take now, also we. */
    private Observed expired(Office lost) {
        long since = lost.untilNanos() - config.expires().toNanos();
        return new Observed(lost.version(), new LeaseDocument(holder, "", LeaseDocument.State.HELD), since);
    }

    private void lose(String why) {
        stopExpiry();
        if (office != null) {
            office = null;
            if (!closed) {
                candidate.lost(why);
            }
        }
    }

    private void stopExpiry() {
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
    }

    private void release(Office held) {
        try {
            byte[] content = new LeaseDocument(holder, ports.nonces().get(), LeaseDocument.State.RELEASED).bytes();
            store.replace(NAME, held.version(), content);
        } catch (StoreException e) {
            LOG.warn("the lease of {} could not be given up and expires: {}", holder, e.getMessage());
        }
    }

    /** Before it is started. */
    private enum Unheard implements Candidate {
        INSTANCE;

        @Override
        public void elected() {}

        @Override
        public void lost(String why) {}
    }
}
