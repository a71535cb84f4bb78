package stream.weir.cli;

import java.net.URI;
import java.nio.file.Path;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.directory.DirectoryStore;

/** Opens the store that a URI names. */
final class Stores {
    private static final String FILE = "file:";

    private Stores() {}

    /** The folder of a pipeline's checkpoints. */
    static ObjectStore of(Pipeline pipeline) throws StoreException {
        return open(pipeline.checkpoint().snapshots().uri(), pipeline.name());
    }

    /** @throws StoreException when it cannot be opened, or is of a kind that this command does not know */
    static ObjectStore open(String uri, String pipeline) throws StoreException {
        if (!uri.startsWith(FILE)) {
            throw new StoreException(
                    "Cannot open " + uri + ": in one process, snapshots go to a folder: use file:DIR",
                    StoreException.Outcome.NOT_APPLIED);
        }
        return DirectoryStore.open(folder(uri).resolve(pipeline));
    }

    /** The folder that {@code file:DIR} or {@code file:///DIR} names. */
    static Path folder(String uri) {
        return uri.startsWith("file:/")
                ? Path.of(URI.create(uri.replace(" ", "%20")))
                : Path.of(uri.substring(FILE.length()));
    }
}
