package stream.weir.coordinator.election;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.loop.Timer;

/**
 * An election by a lease that is renewed by compare-and-set. Others take it over when its version has not changed for
 * so long by their own monotonic clock; nobody compares wall clocks. The holder counts from before it asked for its last successful
 * renewal, so that it stops before anybody else can begin, whatever the answers take.
 *
 * <p>Belongs to {@link Ports#loop}; {@link #start} and {@link #close} may be called from any thread.
 */
public final class LeaseElection implements LeaderElection {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

    /** A holder that has left out so many renewals may be gone: processes that look for the leader need not be sent there. */
    private static final int RENEWALS_MISSED = 3;

    private final LeaseRegister register;
    private final String holder;
    private final LeaseConfig config;
    private final Ports ports;

    /** What has been tried to write since it was last known whose the lease is, and when: an answer that was lost may come to light late. */
    private final Attempts attempts = new Attempts();

    private Candidate candidate = Unheard.INSTANCE;
    private @Nullable Observed observed;
    private @Nullable Office office;
    private Timer.@Nullable Scheduled expiry;
    private boolean asking;
    private boolean saidLeaderless;
    private boolean leaves;
    /** The version of a lease that was held when this began to leave. */
    private @Nullable String toGiveUp;

    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * What it uses of the world.
     *
     * @param loop one thread, in order
     * @param calls for calls that block
     * @param nanos monotonic
     * @param nonces never the same one twice, over all processes
     */
    public record Ports(Executor loop, Executor calls, Timer timer, LongSupplier nanos, Supplier<String> nonces) {}

    /** A version that somebody else wrote, and since when it is known. */
    private record Observed(String version, LeaseDocument document, long sinceNanos) {}

    /** The lease is ours, in this version, until then. */
    private record Office(String version, long untilNanos) {}

    /** What a look at the lease, or an attempt to write it, has led to. */
    private sealed interface Outcome {
        /** @param asked before it was written */
        record Ours(String version, long asked) implements Outcome {}

        record Theirs(String version, LeaseDocument document) implements Outcome {}

        record Unknown(String why) implements Outcome {}
    }

    /**
     * @param register where the lease is
     * @param holder who this is, for people: one line
     */
    public LeaseElection(LeaseRegister register, String holder, LeaseConfig config, Ports ports) {
        this.register = register;
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
        leave();
    }

    /**
     * As {@link #close}.
     *
     * @return completed when an office that was held is given up, or could not be; until then the executors are needed
     */
    public CompletionStage<Boolean> leave() {
        closed = true;
        ports.loop().execute(() -> {
            stopExpiry();
            leaves = true;
            toGiveUp = office == null ? null : office.version();
            office = null;
            // A renewal that is under way changes what is to be given up.
            if (!asking) {
                giveUp();
            }
        });
        return gone;
    }

    private void giveUp() {
        String held = toGiveUp;
        toGiveUp = null;
        if (held == null) {
            gone.complete(true);
            return;
        }
        ports.calls().execute(() -> {
            try {
                release(held);
            } finally {
                gone.complete(true);
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
        LeaseDocument ours = new LeaseDocument(holder, ports.nonces().get(), LeaseDocument.State.HELD);
        attempts.add(ours, asked);
        ports.calls().execute(() -> {
            Outcome outcome;
            try {
                outcome = writable.isPresent() ? write(writable.get(), ours, asked) : look(ours);
            } catch (LeaseException e) {
                outcome = new Outcome.Unknown(String.valueOf(e.getMessage()));
            } catch (RuntimeException | Error e) {
                LOG.error("the lease cannot be asked for", e);
                outcome = new Outcome.Unknown(e.toString());
            }
            Outcome known = outcome;
            try {
                ports.loop().execute(() -> answered(known));
            } catch (RejectedExecutionException e) {
                // Whoever closed this did not wait for it.
                LOG.debug("an answer about the lease of {} comes after the end: {}", holder, known, e);
            }
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

    /** Takes the lease, or renews it; what became of it is found out by reading when the answer was lost. */
    private Outcome write(String version, LeaseDocument ours, long asked) throws LeaseException {
        try {
            Optional<String> written = register.replace(version, ours);
            if (written.isPresent()) {
                return new Outcome.Ours(written.get(), asked);
            }
        } catch (LeaseException e) {
            Outcome now = readAfter(e);
            if (now instanceof Outcome.Theirs(String same, var _) && same.equals(version)) {
                // Not written, or not yet: whose it was before, it is.
                throw e;
            }
            return now;
        }
        return read();
    }

    private Outcome look(LeaseDocument ours) throws LeaseException {
        Optional<LeaseRegister.Entry> found = register.read();
        if (found.isPresent()) {
            return whose(found.get());
        }
        try {
            register.create(ours);
        } catch (LeaseException e) {
            return readAfter(e);
        }
        return read();
    }

    private Outcome readAfter(LeaseException failure) throws LeaseException {
        LOG.debug("the lease of {} may not have been written", holder, failure);
        try {
            return read();
        } catch (LeaseException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private Outcome read() throws LeaseException {
        Optional<LeaseRegister.Entry> found = register.read();
        return found.isEmpty() ? new Outcome.Unknown("it is not there") : whose(found.get());
    }

    private Outcome whose(LeaseRegister.Entry found) {
        Optional<Long> asked = attempts.find(found.document());
        return asked.isPresent()
                ? new Outcome.Ours(found.version(), asked.get())
                : new Outcome.Theirs(found.version(), found.document());
    }

    private void answered(Outcome outcome) {
        asking = false;
        if (!(outcome instanceof Outcome.Unknown)) {
            attempts.clear();
        }
        if (leaves) {
            if (outcome instanceof Outcome.Ours(String version, var _)) {
                toGiveUp = version;
            }
            giveUp();
            return;
        }
        switch (outcome) {
            case Outcome.Ours(String version, long asked) -> ours(version, asked);
            case Outcome.Theirs(String version, LeaseDocument document) -> theirs(version, document);
            case Outcome.Unknown(String why) -> {
                LOG.warn("the lease of {} is unknown or not renewed: {}", holder, why);
                if (office == null && isSilent()) {
                    leaderless();
                }
            }
        }
    }

    private void ours(String version, long asked) {
        long until = asked + config.expires().toNanos();
        Office next = new Office(version, until);
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
        if (elected && !closed) {
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
        if (document.state() == LeaseDocument.State.RELEASED || isSilent()) {
            leaderless();
        } else if (news && !closed) {
            saidLeaderless = false;
            candidate.follows(document.holder());
        }
        if (news && document.state() == LeaseDocument.State.RELEASED) {
            ask();
        }
    }

    private boolean isSilent() {
        Observed seen = observed;
        return seen != null
                && ports.nanos().getAsLong()
                                - seen.sinceNanos()
                                - config.renew().multipliedBy(RENEWALS_MISSED).toNanos()
                        >= 0;
    }

    private void leaderless() {
        if (!saidLeaderless && !closed) {
            saidLeaderless = true;
            candidate.leaderless();
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

    private void release(String version) {
        try {
            LeaseDocument released = new LeaseDocument(holder, ports.nonces().get(), LeaseDocument.State.RELEASED);
            if (register.replace(version, released).isEmpty()) {
                LOG.debug("the lease of {} was taken before it was given up", holder);
            }
        } catch (LeaseException e) {
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
