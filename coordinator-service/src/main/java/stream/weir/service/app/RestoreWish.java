package stream.weir.service.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.api.pipeline.RestoreFrom;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.SnapshotPlace;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.store.StoreException;
import stream.weir.wiring.SnapshotFolders;

/**
 * What {@code spec.restoreFrom} comes to: it holds for the first start of a pipeline in its folder, whichever coordinator makes that;
 * later ones go on from the newest checkpoint.
 */
final class RestoreWish {
    private static final Pattern CHECKPOINT = Pattern.compile("(?:(.+)-)?(\\d{1,18})");
    private static final Pattern DOCUMENT = Pattern.compile("(.+?)/((?:checkpoints/)?[^/]+\\.json)");
    private static final String MANIFEST = "manifest.json";

    private RestoreWish() {}

    /**
     * @param pipeline whose wish it is
     * @param store keeps what is opened open, as the start may come late
     * @throws IllegalArgumentException when it names nothing that could be there
     */
    static StartOptions of(String pipeline, Optional<RestoreFrom> said, SnapshotFolders store) throws StoreException {
        if (said.isEmpty()) {
            return StartOptions.newest();
        }
        RestoreFrom from = said.get();
        StartOptions wish =
                switch (from.kind()) {
                    case CHECKPOINT -> checkpoint(pipeline, from.reference(), store);
                    case SAVEPOINT -> StartOptions.at(savepoint(from.reference()));
                    case URI -> StartOptions.at(uri(from.reference(), store));
                };
        StartOptions once =
                wish.once("restoreFrom " + from.kind() + " " + from.reference()).atFirstStart();
        return from.allowDroppedState() ? once.allowingDroppedState() : once;
    }

    /** {@code N} or {@code PIPELINE-N}, which may be of another pipeline in the same place. */
    private static StartOptions checkpoint(String pipeline, String name, SnapshotFolders store) throws StoreException {
        Matcher matcher = CHECKPOINT.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "restoreFrom.checkpoint is '" + name + "': it is a number, or PIPELINE-NUMBER");
        }
        long id = Long.parseLong(matcher.group(2));
        String owner = Optional.ofNullable(matcher.group(1)).orElse(pipeline);
        return owner.equals(pipeline)
                ? StartOptions.at(id)
                : StartOptions.at(
                        new SnapshotPlace.Elsewhere(store.ofPipeline(owner), CheckpointStore.checkpointName(id)));
    }

    private static SnapshotPlace savepoint(String name) {
        Savepoints.problemWith(name).ifPresent(problem -> {
            throw new IllegalArgumentException("restoreFrom.savepoint is '" + name + "': " + problem);
        });
        return new SnapshotPlace.Savepoint(name);
    }

    /** A savepoint's folder, or the document of a checkpoint in its pipeline's folder. */
    private static SnapshotPlace uri(String uri, SnapshotFolders store) throws StoreException {
        Matcher document = DOCUMENT.matcher(uri);
        return document.matches()
                ? new SnapshotPlace.Elsewhere(store.at(document.group(1)), document.group(2))
                : new SnapshotPlace.Elsewhere(store.at(uri), MANIFEST);
    }
}
