package stream.weir.coordinator.store;

import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.Branches;
import stream.weir.coordinator.checkpoint.Branches.Segment;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.StoreException;

/**
 * Chooses the checkpoint that a run begins with. Nothing stands in for the one that is asked for: a missing or damaged one is
 * refused, so that nobody starts empty or with less than was committed without having said so.
 */
final class StartingPoint {
    private final CheckpointStore store;
    private final PipelineDescription pipeline;

    StartingPoint(CheckpointStore store, PipelineDescription pipeline) {
        this.store = store;
        this.pipeline = pipeline;
    }

    /**
     * Holds a snapshot that is to be brought in to what sinks have committed since.
     *
     * @throws StartRefusedException if output may be made again, and nobody has accepted that
     */
    void checkNothingCommittedBeyond(SnapshotPlace place, Manifest snapshot, StartOptions options)
            throws StoreException, InvalidDocumentException, StartRefusedException {
        if (store.isFirstStart()) {
            return;
        }
        boolean own = place instanceof SnapshotPlace.Savepoint
                && snapshot.pipeline().equals(pipeline.name())
                && store.newestRun() > 0;
        if (own) {
            checkNothingCommittedBeyond(snapshot, store.newestRun(), options);
        } else if (!pipeline.sinks().isEmpty() && options.duplicates() == StartOptions.Duplicates.REFUSE) {
            throw new StartRefusedException(
                    StartRefusal.OUTPUT_COMMITTED_BEYOND,
                    "Cannot restore " + place + ": " + pipeline.name()
                            + " has completed checkpoints of its own, whose output sinks have committed and which may"
                            + " be made again: give the sinks a new target, or accept duplicates");
        }
    }

    /**
     * The checkpoint that is asked for.
     *
     * @param newestRun the last run, 0 where there was none
     * @return empty to start with nothing, as told or as the pipeline has never completed a checkpoint
     */
    Optional<Manifest> choose(StartOptions options, long newestRun)
            throws StoreException, InvalidDocumentException, StartRefusedException {
        return switch (options.from()) {
            case StartOptions.Fresh fresh -> Optional.empty();
            case StartOptions.Newest newest -> newestRun == 0 ? first() : newest(newestRun);
            case StartOptions.AtSnapshot snapshot ->
                throw new IllegalStateException("not a checkpoint of this folder: " + snapshot.place());
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

    /** The newest complete checkpoint of a run and of those it came from; empty if there was never one. */
    Optional<Manifest> newest(long newestRun) throws StoreException, InvalidDocumentException, StartRefusedException {
        List<Segment> branch = store.branchOf(newestRun);
        Optional<Manifest> newest = store.newestOf(branch);
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

    private String cannotStart() {
        return "Cannot start " + pipeline.name() + ": ";
    }
}
