package stream.weir.coordinator.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.StatesWithoutStage;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;

/** Whether a pipeline can begin with a checkpoint. Finds out before anything starts. */
final class RestoreCheck {
    private static final int NAMED_AT_MOST = 5;

    private final CheckpointStore store;
    private final PipelineDescription pipeline;
    private final int maxParallelism;

    RestoreCheck(CheckpointStore store, PipelineDescription pipeline, int maxParallelism) {
        this.store = store;
        this.pipeline = pipeline;
        this.maxParallelism = maxParallelism;
    }

    void check(Manifest manifest, StartOptions options) throws StoreException, StartRefusedException {
        checkFits(manifest, options);
        checkObjects(manifest);
    }

    /** Whether the pipeline is of its kind. */
    void checkFits(Manifest manifest, StartOptions options) throws StartRefusedException {
        if (manifest.maxParallelism() != maxParallelism) {
            throw refused(
                    manifest,
                    StartRefusal.MAX_PARALLELISM_CHANGED,
                    "it was taken with maxParallelism " + manifest.maxParallelism() + ", the pipeline has "
                            + maxParallelism + ", which is fixed for a pipeline's life");
        }
        checkStages(manifest, options);
    }

    private void checkStages(Manifest manifest, StartOptions options) throws StartRefusedException {
        String orphans = StatesWithoutStage.in(manifest, pipeline);
        if (!orphans.isEmpty() && options.droppedState() == StartOptions.DroppedState.REFUSE) {
            throw refused(
                    manifest,
                    StartRefusal.STATE_DROPPED,
                    "no stage claims the state of " + orphans + "; the pipeline has the stages "
                            + new TreeSet<>(pipeline.counts().keySet())
                            + ": name the stages as before, or set allowDroppedState");
        }
    }

    /** Whether all that it names is in the pipeline's folder. */
    void checkObjects(Manifest manifest) throws StoreException, StartRefusedException {
        List<StoredObject> named = manifest.objects()
                .distinct()
                .sorted(Comparator.comparing(StoredObject::name))
                .toList();
        if (named.isEmpty()) {
            return;
        }
        Map<String, Long> sizes = new HashMap<>();
        for (ObjectInfo object : store.objects().list("files/")) {
            sizes.put(object.name(), object.bytes());
        }
        List<String> wrong = named.stream()
                .filter(object -> !Long.valueOf(object.bytes()).equals(sizes.get(object.name())))
                .map(object -> store.locationOf(object.name())
                        + (sizes.containsKey(object.name())
                                ? " has " + sizes.get(object.name()) + " bytes instead of " + object.bytes()
                                : " is missing (" + object.bytes() + " bytes)"))
                .toList();
        if (!wrong.isEmpty()) {
            String more = wrong.size() > NAMED_AT_MOST ? " and " + (wrong.size() - NAMED_AT_MOST) + " more" : "";
            throw refused(
                    manifest,
                    StartRefusal.OBJECT_MISSING,
                    String.join(", ", wrong.subList(0, Math.min(NAMED_AT_MOST, wrong.size()))) + more);
        }
    }

    private StartRefusedException refused(Manifest manifest, StartRefusal reason, String why) {
        return new StartRefusedException(
                reason, "Cannot restore checkpoint " + manifest.checkpoint() + " of " + pipeline.name() + ": " + why);
    }
}
