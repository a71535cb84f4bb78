package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreProbe;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreUri;
import stream.weir.wiring.SnapshotFolders;

/** Opens the store that a pipeline or a URI names. */
final class Stores {
    private static final ExecutorService TRANSFERS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("transfer-", 1).factory());
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private Stores() {}

    /** Where a pipeline's checkpoints are: the folder of all pipelines, and the name of this one. */
    record Place(StoreOptions options, String pipeline) {
        StoreSettings settings() throws StoreException {
            return options.settings(System.getenv()).resolve(pipeline);
        }

        /** The folder of a savepoint: a place as that of a pipeline is. */
        Place savepoint(String name) {
            return new Place(
                    options.withUri(options.uri().replaceAll("/+$", "") + "/" + pipeline + "/savepoints"), name);
        }
    }

    static Place of(Pipeline pipeline) {
        return of(pipeline.name(), pipeline.checkpoint().snapshots());
    }

    private static Place of(String pipeline, Snapshots snapshots) {
        return new Place(SnapshotFolders.options(snapshots), pipeline);
    }

    /**
     * @param target a pipeline file, or a pipeline's folder as {@code file:DIR/PIPELINE} or {@code s3://BUCKET/PREFIX/PIPELINE}
     * @return empty when the problems of the file have been printed
     */
    static Optional<Place> place(String target, PrintWriter err) throws IOException {
        return target.startsWith("file:") || target.startsWith("s3:")
                ? Optional.of(folder(StoreOptions.at(target)))
                : Pipelines.outline(Path.of(target), err)
                        .map(outline -> of(outline.name(), outline.checkpoint().snapshots()));
    }

    /** As {@link #place}, of each region of a file. */
    static List<Place> places(String target, PrintWriter err) throws IOException {
        if (target.startsWith("file:") || target.startsWith("s3:")) {
            return List.of(folder(StoreOptions.at(target)));
        }
        return Pipelines.outline(Path.of(target), err).stream()
                .flatMap(outline -> outline.regions().keySet().stream()
                        .map(region -> of(region, outline.checkpoint().snapshots())))
                .toList();
    }

    /** The folder that the options' URI names itself. */
    static Place folder(StoreOptions options) {
        String folder = options.uri().replaceAll("/+$", "");
        int name = Math.max(folder.lastIndexOf('/'), folder.indexOf(':')) + 1;
        String parent = folder.substring(0, name);
        return new Place(options.withUri(parent.equals("file:") ? "file:." : parent), folder.substring(name));
    }

    /** Opening a folder makes it; so that looking makes none, it has to be there. */
    static void requireFolder(Place place) throws IOException {
        if (place.settings().uri() instanceof StoreUri.Folder(Path folder) && !Files.isDirectory(folder)) {
            throw new IOException("there are no checkpoints: no folder "
                    + folder.toAbsolutePath().normalize());
        }
    }

    /** @throws StoreException when it cannot be opened */
    static ObjectStore open(Place place) throws StoreException {
        return stream.weir.store.open.Stores.open(place.settings(), environment());
    }

    /** Looks whether a store that somebody else keeps does what checkpoints need; a folder of this machine does. */
    static void probe(Place place, ObjectStore store) throws StoreException {
        if (place.settings().uri() instanceof StoreUri.Bucket) {
            StoreProbe.check(store, TRANSFERS, UUID.randomUUID().toString());
        }
    }

    private static StoreEnvironment environment() {
        return new StoreEnvironment(TRANSFERS, Thread::sleep, RANDOM);
    }
}
