package stream.weir.store.directory;

import java.nio.file.Path;
import java.util.regex.Pattern;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;

/** Turns names of objects into paths below the root, and refuses those that could lead anywhere else. */
final class ObjectName {
    /** No part begins with a dot: that excludes {@code ..} and keeps the store's own temporary files apart. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");

    private static final Pattern PREFIX =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9_.-]*/)*([A-Za-z0-9_-][A-Za-z0-9_.-]*)?");

    private ObjectName() {}

    static Path resolve(Path root, String name) throws StoreException {
        if (!NAME.matcher(name).matches()) {
            throw refused(root, name, "object name");
        }
        return root.resolve(name);
    }

    /** The deepest directory that holds everything whose name begins with {@code prefix}. */
    static Path directoryOf(Path root, String prefix) throws StoreException {
        if (!PREFIX.matcher(prefix).matches()) {
            throw refused(root, prefix, "prefix");
        }
        int slash = prefix.lastIndexOf('/');
        return slash < 0 ? root : root.resolve(prefix.substring(0, slash));
    }

    private static StoreException refused(Path root, String name, String what) {
        return new StoreException(
                "'" + name + "' is no " + what + " for file:" + root
                        + ": it is relative, its parts are of letters, digits, '-', '_' and '.', and none begins with '.'",
                Outcome.NOT_APPLIED);
    }
}
