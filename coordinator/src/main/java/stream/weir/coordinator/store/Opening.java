package stream.weir.coordinator.store;

import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.Branches;
import stream.weir.coordinator.checkpoint.Branches.Segment;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.StoreException;

/**
 * The start of a coordinator: becomes leader, chooses the checkpoint to begin with, checks it, and records the run. Never begins
 * with nothing, or with an older checkpoint than the newest, unless told so.
 */
public final class Opening {
    private final CheckpointStore store;
    private final PipelineDescription pipeline;
    private final Leadership leadership;
    private final RestoreCheck check;

    private Opening(CheckpointStore store, PipelineDescription pipeline, Leadership leadership, RestoreCheck check) {
        this.store = store;
        this.pipeline = pipeline;
        this.leadership = leadership;
        this.check = check;
    }

    public static Opening of(CheckpointStore store, PipelineDescription pipeline, CoordinatorConfig config) {
        return new Opening(
                store, pipeline, new Leadership(store), new RestoreCheck(store, pipeline, config.maxParallelism()));
    }

    /**
     * @param nonce of this process, never used before
     * @param nowMillis wall clock, for people
     * @throws StartRefusedException with the reason and what can be done
     */
    public Opened open(StartOptions options, String nonce, long nowMillis) throws StartRefusedException {
        try {
            Leadership.Term term = leadership.take(nonce, nowMillis);
            long newestRun = store.newestRun();
            Optional<Manifest> from = choose(options, newestRun);
            if (from.isPresent()) {
                check.check(from.get(), options);
            }
            RunRecord run = next(newestRun, from, term);
            leadership.open(run);
            return new Opened(run, from, term.nextCheckpoint());
        } catch (InvalidDocumentException e) {
            throw new StartRefusedException(
                    StartRefusal.CHECKPOINT_INVALID,
                    cannotStart() + e.getMessage()
                            + "; no older checkpoint was taken in its place: choose one by name, if that is what you want",
                    e);
        } catch (StoreException e) {
            throw new StartRefusedException(StartRefusal.STORE_FAILED, cannotStart() + e.getMessage(), e);
        }
    }

    private Optional<Manifest> choose(StartOptions options, long newestRun)
            throws StoreException, InvalidDocumentException, StartRefusedException {
        return switch (options.from()) {
            case StartOptions.Fresh fresh -> Optional.empty();
            case StartOptions.Newest newest -> newestRun == 0 ? first() : newest(newestRun);
            case StartOptions.AtCheckpoint(long checkpoint) -> {
                Manifest chosen = named(checkpoint);
                checkNothingCommittedBeyond(chosen, newestRun, options);
                yield Optional.of(chosen);
            }
        };
    }

    /** There was no run yet, so there must not be any checkpoint. */
    private Optional<Manifest> first() throws StoreException, InvalidDocumentException, StartRefusedException {
        for (long id : store.checkpoints().reversed()) {
            if (store.checkpoint(id).orElse(null) instanceof Entry.Complete complete) {
                throw new StartRefusedException(
                        StartRefusal.WOULD_START_EMPTY,
                        cannotStart() + "checkpoint " + complete.checkpoint() + " is there, but nothing below "
                                + store.locationOf("runs/") + " says whether it is the one to go on from:"
                                + " bring the runs back, or say that the pipeline is to start fresh");
            }
        }
        return Optional.empty();
    }

    private Optional<Manifest> newest(long newestRun)
            throws StoreException, InvalidDocumentException, StartRefusedException {
        List<Segment> branch = store.branchOf(newestRun);
        Optional<Manifest> newest = newestOf(branch);
        RunRecord run = store.run(newestRun);
        if (newest.isEmpty() && run.from() != 0) {
            throw new StartRefusedException(
                    StartRefusal.CHECKPOINT_MISSING,
                    cannotStart() + store.locationOf(CheckpointStore.checkpointName(run.from())) + " is missing: run "
                            + newestRun + " came from it, and has completed none since");
        }
        if (newest.isEmpty() && store.hasCompleted(run.root())) {
            throw new StartRefusedException(
                    StartRefusal.WOULD_START_EMPTY,
                    cannotStart() + "it has completed checkpoints before, but there is none below "
                            + store.locationOf("checkpoints/") + ": bring them back, or say that it is to start fresh");
        }
        return newest;
    }

    private Optional<Manifest> newestOf(List<Segment> branch) throws StoreException, InvalidDocumentException {
        for (long id : store.checkpoints().reversed()) {
            boolean mayBelong = branch.stream().anyMatch(segment -> segment.holds(id));
            if (mayBelong
                    && store.checkpoint(id).orElse(null) instanceof Entry.Complete(Manifest manifest)
                    && Branches.holds(branch, id, manifest.run())) {
                return Optional.of(manifest);
            }
        }
        return Optional.empty();
    }

    private Manifest named(long checkpoint) throws StoreException, InvalidDocumentException, StartRefusedException {
        Optional<Entry> entry = store.checkpoint(checkpoint);
        String name = store.locationOf(CheckpointStore.checkpointName(checkpoint));
        if (entry.isPresent() && entry.get() instanceof Entry.Complete complete) {
            return complete.manifest();
        }
        String why = entry.isPresent() ? name + " says that it was aborted" : name + " is not there";
        throw new StartRefusedException(
                StartRefusal.CHECKPOINT_MISSING,
                "Cannot restore checkpoint " + checkpoint + " of " + pipeline.name() + ": " + why
                        + "; there are entries " + store.checkpoints());
    }

    private void checkNothingCommittedBeyond(Manifest chosen, long newestRun, StartOptions options)
            throws StoreException, InvalidDocumentException, StartRefusedException {
        if (pipeline.sinks().isEmpty() || options.duplicates() == StartOptions.Duplicates.ACCEPT) {
            return;
        }
        // With a damaged newest one nobody can tell; its id alone says that something was taken beyond.
        long newest = 0;
        List<Segment> branch = store.branchOf(newestRun);
        for (long id : store.checkpoints().reversed()) {
            if (id > chosen.checkpoint() && branch.stream().anyMatch(s -> s.holds(id)) && !isAborted(id)) {
                newest = Math.max(newest, id);
            }
        }
        boolean current = Branches.holds(branch, chosen.checkpoint(), chosen.run());
        if (newest > 0 || !current) {
            throw new StartRefusedException(
                    StartRefusal.OUTPUT_COMMITTED_BEYOND,
                    "Cannot restore checkpoint " + chosen.checkpoint() + " of " + pipeline.name()
                            + ": sinks have committed output "
                            + (newest > 0 ? "up to checkpoint " + newest : "of another branch since")
                            + ", which would be made again: give the sinks a new target, or accept duplicates");
        }
    }

    private boolean isAborted(long id) throws StoreException {
        try {
            return store.checkpoint(id).orElse(null) instanceof Entry.Aborted;
        } catch (InvalidDocumentException e) {
            return false;
        }
    }

    private RunRecord next(long newestRun, Optional<Manifest> from, Leadership.Term term)
            throws StoreException, InvalidDocumentException {
        long run = newestRun + 1;
        long root = from.isPresent() ? store.run(from.get().run()).root() : run;
        return new RunRecord(
                pipeline.name(),
                run,
                from.map(Manifest::run).orElse(0L),
                root,
                from.map(Manifest::checkpoint).orElse(0L),
                term.nextCheckpoint(),
                term.term());
    }

    private String cannotStart() {
        return "Cannot start " + pipeline.name() + ": ";
    }
}
