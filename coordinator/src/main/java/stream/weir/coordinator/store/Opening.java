package stream.weir.coordinator.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.Continued;
import stream.weir.coordinator.checkpoint.JournalRecord;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.checkpoint.TakeoverRecord;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.StoreException;

/**
 * The start of a coordinator: becomes leader, chooses the checkpoint to begin with, checks it, and records the run. Never begins
 * with nothing, or with an older checkpoint than the newest, unless told so.
 */
public final class Opening {
    private static final int ATTEMPTS = 5;

    /** Checkpoints that a leader may have had under way at once; if replicas heard of more, something is wrong. */
    private static final long MOST_TRIGGERED = 1_000;

    /** Aborted ids that replicas are told of again; an older one they have long forgotten. */
    private static final long MOST_ABORTED = 64;

    private final CheckpointStore store;
    private final PipelineDescription pipeline;
    private final Leadership leadership;
    private final int maxParallelism;
    private final SnapshotImport imports;
    private final StartingPoint point;

    private Opening(CheckpointStore store, PipelineDescription pipeline, Leadership leadership, int maxParallelism) {
        this.store = store;
        this.pipeline = pipeline;
        this.leadership = leadership;
        this.maxParallelism = maxParallelism;
        this.imports = new SnapshotImport(store);
        this.point = new StartingPoint(store, pipeline);
    }

    public static Opening of(CheckpointStore store, PipelineDescription pipeline, CoordinatorConfig config) {
        return new Opening(store, pipeline, new Leadership(store), config.maxParallelism());
    }

    /**
     * A term that was opened, and what it finds.
     *
     * @param run that began last, 0 where there was none
     * @param end what somebody has asked an earlier leader for, and has not come about
     * @param last what that run has; empty where there was none, or its record does not say so
     */
    public record Leader(long term, long run, Optional<PipelineDescription> last, Optional<AskedEnd> end) {}

    /**
     * Opens a term and the next run, which has what the pipeline has.
     *
     * @param nonce of this process, never used before
     * @param nowMillis wall clock, for people
     * @throws StartRefusedException with the reason and what can be done
     */
    public Opened open(StartOptions options, String nonce, long nowMillis) throws StartRefusedException {
        return open(options, lead(nonce, nowMillis).term(), (run, last) -> pipeline);
    }

    /**
     * Opens a term, and no more: what is to become of the last run is decided next, by {@link #open(StartOptions, long, Shape)} or {@link
     * #takeOver}.
     */
    public Leader lead(String nonce, long nowMillis) throws StartRefusedException {
        return guarded(() -> {
            long term = leadership.openTerm(nonce, nowMillis);
            long run = store.newestRun();
            return new Leader(term, run, described(run), store.endAsked());
        });
    }

    /** Names of savepoints that somebody has asked an earlier leader for, and that are not there. */
    public List<String> savepointsAsked() throws StartRefusedException {
        return guarded(() -> {
            SavepointWishes wishes = new SavepointWishes(store);
            List<String> asked = new ArrayList<>();
            for (String name : wishes.names()) {
                if (store.has(new SnapshotPlace.Savepoint(name).manifest())) {
                    // Made, and the leader died before it could say so. What cannot be forgotten now is, the next time.
                    wishes.forget(name);
                } else {
                    asked.add(name);
                }
            }
            return asked;
        });
    }

    /** Whether a start with these options begins elsewhere than where the last run is. */
    public boolean beginsElsewhere(StartOptions options) throws StartRefusedException {
        return guarded(() -> !(left(options).from() instanceof StartOptions.Newest));
    }

    /**
     * Opens the next run in a term that {@link #lead} has opened.
     *
     * @param shape what it has
     */
    public Opened open(StartOptions options, long term, Shape shape) throws StartRefusedException {
        return guarded(() -> {
            long nextCheckpoint = leadership.fence(term, 0);
            Optional<Manifest> broughtIn = Optional.empty();
            if (left(options).from() instanceof StartOptions.AtSnapshot(SnapshotPlace place)) {
                broughtIn = Optional.of(bringIn(
                        place,
                        options,
                        new Bringing(
                                term, nextCheckpoint, shape.after(store.newestRun(), described(store.newestRun())))));
                nextCheckpoint++;
            }
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<JournalRecord> last = leadership.lastLine(term);
                long newestRun = last.map(JournalRecord::presentRun).orElse(0L);
                PipelineDescription next = shape.after(newestRun, described(newestRun));
                Optional<String> carriedOut = lastRequest();
                StartOptions left = left(options);
                Optional<Manifest> from = broughtIn.isPresent() ? broughtIn : point.choose(left, newestRun);
                if (from.isPresent()) {
                    checkFor(next).check(from.get(), left);
                }
                long sequence = last.map(JournalRecord::sequence).orElse(0L) + 1;
                RunRecord run = new RunRecord(
                        pipeline.name(),
                        sequence,
                        from.map(Manifest::run).orElse(0L),
                        from.isPresent() ? store.run(from.get().run()).root() : sequence,
                        from.map(Manifest::checkpoint).orElse(0L),
                        nextCheckpoint,
                        term,
                        next.stages(),
                        options.request().or(() -> carriedOut));
                if (leadership.write(run) == Leadership.Written.DURABLE) {
                    return new Opened(run, from, nextCheckpoint);
                }
                // An earlier leader has opened a run at the last moment; ours follows that one.
            }
            throw new StartRefusedException(
                    StartRefusal.STORE_FAILED,
                    cannotStart() + ATTEMPTS + " times another coordinator wrote the next line below "
                            + store.locationOf("runs/") + " first: start again when it has ended");
        });
    }

    /**
     * Goes on with the last run in a term that {@link #lead} has opened. What an earlier leader managed to store is adopted, what it
     * had begun beyond that is aborted, and it can neither store a manifest nor open a run after this.
     *
     * @param run that replicas are in
     * @param heard the greatest id of a checkpoint that any of them has heard of
     * @return empty when that is not the last run any more, or nobody could have triggered so much: another one has to be opened
     */
    public Optional<Continued> takeOver(long term, long run, long heard) throws StartRefusedException {
        return guarded(() -> {
            List<Long> ids = store.checkpoints();
            long last = ids.isEmpty() ? 0 : ids.getLast();
            if (heard - last > MOST_TRIGGERED) {
                return Optional.empty();
            }
            long nextCheckpoint = leadership.fence(term, heard);
            Optional<JournalRecord> journal = leadership.lastLine(term);
            if (journal.isEmpty() || journal.get().presentRun() != run) {
                return Optional.empty();
            }
            TakeoverRecord takeover =
                    new TakeoverRecord(pipeline.name(), journal.get().sequence() + 1, run, term);
            if (leadership.write(takeover) == Leadership.Written.TAKEN) {
                return Optional.empty();
            }
            Optional<Manifest> newest = point.newest(run);
            long newestId = newest.map(Manifest::checkpoint).orElse(0L);
            List<Long> aborted = LongStream.rangeClosed(Math.max(newestId + 1, heard - MOST_ABORTED), heard)
                    .boxed()
                    .toList();
            return Optional.of(new Continued(store.run(run), takeover, newest, nextCheckpoint, aborted));
        });
    }

    /**
     * The newest complete checkpoint of the run that {@link #lead} has found, from which a start would go on.
     *
     * @throws StartRefusedException if that is missing or damaged
     */
    public Optional<Manifest> newest(Leader leader) throws StartRefusedException {
        return leader.run() == 0 ? Optional.empty() : guarded(() -> point.newest(leader.run()));
    }

    /** What the next run is to have. */
    public interface Shape {
        /**
         * @param run that is the last one now: perhaps a later one than {@link #lead} has found
         * @param last what that has; empty where there is none, or its record does not say so
         */
        PipelineDescription after(long run, Optional<PipelineDescription> last);
    }

    private Optional<PipelineDescription> described(long run) throws StoreException, InvalidDocumentException {
        return run == 0
                ? Optional.empty()
                : Optional.of(store.run(run).stages())
                        .filter(stages -> !stages.isEmpty())
                        .map(stages -> new PipelineDescription(pipeline.name(), stages));
    }

    private RestoreCheck checkFor(PipelineDescription next) {
        return new RestoreCheck(store, next, maxParallelism);
    }

    private interface StoreWork<T> {
        T run() throws StoreException, InvalidDocumentException, StartRefusedException;
    }

    private <T> T guarded(StoreWork<T> work) throws StartRefusedException {
        try {
            return work.run();
        } catch (InvalidDocumentException e) {
            throw new StartRefusedException(
                    StartRefusal.CHECKPOINT_INVALID,
                    cannotStart() + e.getMessage()
                            + "; no older checkpoint was taken in its place: choose one by name, if that is what you"
                            + " want",
                    e);
        } catch (StoreException e) {
            throw new StartRefusedException(StartRefusal.STORE_FAILED, cannotStart() + e.getMessage(), e);
        }
    }

    /** What is left of a wish, after what happened before. */
    private StartOptions left(StartOptions options) throws StoreException, InvalidDocumentException {
        StartOptions left = store.isFirstStart() ? options : options.afterFirstStart();
        return left.after(lastRequest());
    }

    /** The wish to begin elsewhere that was carried out last. */
    private Optional<String> lastRequest() throws StoreException, InvalidDocumentException {
        long run = store.newestRun();
        return run == 0 ? Optional.empty() : store.run(run).request();
    }

    /** As what a snapshot comes in. */
    private record Bringing(long term, long checkpoint, PipelineDescription next) {}

    /** The snapshot becomes a checkpoint, under an id of this term and of a run of its own; then it is as any other. */
    private Manifest bringIn(SnapshotPlace place, StartOptions options, Bringing into)
            throws StoreException, InvalidDocumentException, StartRefusedException {
        long term = into.term();
        RestoreCheck check = checkFor(into.next());
        Manifest snapshot = imports.read(place);
        check.checkFits(snapshot, options);
        point.checkNothingCommittedBeyond(place, snapshot, options);
        imports.copyFiles(place, snapshot);
        check.checkObjects(snapshot);
        boolean first = store.isFirstStart();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long sequence =
                    leadership.lastLine(term).map(JournalRecord::sequence).orElse(0L) + 1;
            RunRecord taking = new RunRecord(
                    pipeline.name(),
                    sequence,
                    0,
                    sequence,
                    0,
                    into.checkpoint(),
                    term,
                    into.next().stages(),
                    lastRequest());
            if (!first) {
                // Should this be the last thing that happens, the next start must not take the new branch for an empty
                // one.
                imports.mark(taking);
            }
            if (leadership.write(taking) == Leadership.Written.DURABLE) {
                return imports.store(snapshot, taking);
            }
        }
        throw new StartRefusedException(
                StartRefusal.STORE_FAILED,
                cannotStart() + ATTEMPTS + " times another coordinator wrote the next line below "
                        + store.locationOf("runs/") + " first: start again when it has ended");
    }

    private String cannotStart() {
        return "Cannot start " + pipeline.name() + ": ";
    }
}
