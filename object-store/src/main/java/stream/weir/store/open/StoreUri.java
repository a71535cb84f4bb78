package stream.weir.store.open;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;

/** Where a store is: {@code file:DIR} or {@code s3://BUCKET/PREFIX}. */
public sealed interface StoreUri {
    /** The place for one pipeline below this one. */
    StoreUri resolve(String name);

    /** {@code file:DIR} */
    record Folder(Path path) implements StoreUri {
        @Override
        public StoreUri resolve(String name) {
            return new Folder(path.resolve(name));
        }

        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    /** @param prefix empty, or names with {@code /} between them and none at either end */
    record Bucket(String bucket, String prefix) implements StoreUri {
        @Override
        public StoreUri resolve(String name) {
            return new Bucket(bucket, prefix.isEmpty() ? name : prefix + "/" + name);
        }

        @Override
        public String toString() {
            return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
        }
    }

    /** @throws StoreException saying what is wrong with it */
    static StoreUri parse(String uri) throws StoreException {
        Matcher bucket = Syntax.BUCKET.matcher(uri);
        if (bucket.matches()) {
            return new Bucket(bucket.group(1), bucket.group(2) == null ? "" : bucket.group(2));
        }
        if (uri.startsWith("s3:")) {
            throw invalid(
                    uri,
                    "a bucket has 3 to 63 lower-case letters, digits, '-' and '.', and what follows it are names of letters,"
                            + " digits, '-', '_' and '.' with one '/' between them",
                    null);
        }
        if (!uri.startsWith("file:") || uri.length() == "file:".length()) {
            throw invalid(uri, "it has to be file:DIR or s3://BUCKET/PREFIX", null);
        }
        try {
            return new Folder(
                    uri.startsWith("file:/")
                            ? Path.of(URI.create(uri.replace(" ", "%20")))
                            : Path.of(uri.substring("file:".length())));
        } catch (IllegalArgumentException e) {
            throw invalid(uri, String.valueOf(e.getMessage()), e);
        }
    }

    private static StoreException invalid(String uri, String why, @Nullable Throwable cause) {
        String message = "'" + uri + "' names no store: " + why;
        return cause == null
                ? new StoreException(message, Outcome.NOT_APPLIED, StoreFailure.WRONG_PLACE)
                : new StoreException(message, Outcome.NOT_APPLIED, StoreFailure.WRONG_PLACE, cause);
    }

    /** What parts look like. */
    final class Syntax {
        private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9_.-]*";
        private static final Pattern BUCKET =
                Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(" + NAME + "(?:/" + NAME + ")*)?/?)?");

        private Syntax() {}
    }
}
