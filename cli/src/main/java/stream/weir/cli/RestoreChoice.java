package stream.weir.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.RestoreFrom;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.SnapshotPlace;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.store.ObjectStore;
import stream.weir.store.open.StoreOptions;

/**
 * What {@code spec.restoreFrom} comes to: it holds for the first start of a pipeline in its folder, and later ones go on from the
 * newest checkpoint.
 *
 * @param said for whoever started the pipeline
 * @param opened to be closed when the job has ended
 */
record RestoreChoice(StartOptions options, String said, Optional<ObjectStore> opened) implements AutoCloseable {
    private static final Pattern CHECKPOINT = Pattern.compile("(?:(.+)-)?(\\d{1,18})");
    private static final String MANIFEST = "manifest.json";
    private static final Pattern DOCUMENT = Pattern.compile("(.+?)/((?:checkpoints/)?[^/]+\\.json)");

    /** @param objects the pipeline's own folder */
    static RestoreChoice of(Pipeline pipeline, RestoreFrom from, ObjectStore objects) throws IOException {
        CheckpointStore store = CheckpointStore.of(objects, pipeline.name());
        if (!store.isFirstStart()) {
            return new RestoreChoice(
                    StartOptions.newest(),
                    "restoreFrom holds for the first start only: " + pipeline.name()
                            + " has checkpoints of its own, and goes on from the newest",
                    Optional.empty());
        }
        RestoreChoice choice =
                switch (from.kind()) {
                    case CHECKPOINT -> checkpoint(pipeline, from.reference());
                    case SAVEPOINT ->
                        new RestoreChoice(
                                StartOptions.at(savepoint(from.reference())),
                                said("savepoint " + from.reference()),
                                Optional.empty());
                    case URI -> uri(pipeline, from.reference());
                };
        return from.allowDroppedState()
                ? new RestoreChoice(choice.options.allowingDroppedState(), choice.said, choice.opened)
                : choice;
    }

    static SnapshotPlace savepoint(String name) throws IOException {
        Optional<String> problem = Savepoints.problemWith(name);
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        return new SnapshotPlace.Savepoint(name);
    }

    /** {@code N} or {@code PIPELINE-N}, which may be of another pipeline in the same place. */
    private static RestoreChoice checkpoint(Pipeline pipeline, String name) throws IOException {
        Matcher matcher = CHECKPOINT.matcher(name);
        if (!matcher.matches()) {
            throw new IOException("restoreFrom.checkpoint is '" + name + "': it is a number, or PIPELINE-NUMBER");
        }
        long id = Long.parseLong(matcher.group(2));
        String owner = Optional.ofNullable(matcher.group(1)).orElse(pipeline.name());
        if (owner.equals(pipeline.name())) {
            return new RestoreChoice(StartOptions.at(id), said(name), Optional.empty());
        }
        return elsewhere(
                new Stores.Place(Stores.of(pipeline).options(), owner), CheckpointStore.checkpointName(id), name);
    }

    /** A savepoint's folder, or the document of a checkpoint in its pipeline's folder. */
    private static RestoreChoice uri(Pipeline pipeline, String uri) throws IOException {
        StoreOptions options = Stores.of(pipeline).options();
        Matcher document = DOCUMENT.matcher(uri);
        return document.matches()
                ? elsewhere(Stores.folder(options.withUri(document.group(1))), document.group(2), uri)
                : elsewhere(Stores.folder(options.withUri(uri)), MANIFEST, uri);
    }

    private static RestoreChoice elsewhere(Stores.Place place, String manifest, String name) throws IOException {
        Stores.requireFolder(place);
        ObjectStore folder = Stores.open(place);
        return new RestoreChoice(
                StartOptions.at(new SnapshotPlace.Elsewhere(folder, manifest)), said(name), Optional.of(folder));
    }

    private static String said(String name) {
        return "starts from " + name + ", as restoreFrom says";
    }

    @Override
    public void close() {
        opened.ifPresent(ObjectStore::close);
    }
}
