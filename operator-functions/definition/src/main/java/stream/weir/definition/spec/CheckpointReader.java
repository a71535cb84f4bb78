package stream.weir.definition.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.CheckpointConfig.Alignment;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;
import stream.weir.definition.yaml.Quantities;

/** Reads {@code spec.checkpoint}. */
final class CheckpointReader {
    private static final String DEFAULT_FOLDER = "weir-data";
    private static final String FILE = "file:";
    private static final String S3 = "s3://";

    private final Path folder;

    /** @param folder where relative {@code file:} URIs start */
    CheckpointReader(Path folder) {
        this.folder = folder;
    }

    CheckpointConfig read(Optional<Cursor> checkpoint) {
        CheckpointConfig defaults = CheckpointConfig.defaults(Snapshots.at(fileUri(DEFAULT_FOLDER)));
        return checkpoint
                .flatMap(Cursor::fields)
                .map(fields -> read(fields, defaults))
                .orElse(defaults);
    }

    private CheckpointConfig read(Fields fields, CheckpointConfig defaults) {
        CheckpointConfig config = new CheckpointConfig(
                fields.find("interval").flatMap(Quantities::positiveDuration).orElse(defaults.interval()),
                fields.find("timeout").flatMap(Quantities::positiveDuration).orElse(defaults.timeout()),
                fields.find("minPause").flatMap(Quantities::duration).orElse(Duration.ZERO),
                number(fields, "maxConcurrent", 1, defaults.maxConcurrent()),
                number(fields, "tolerableFailures", -1, defaults.tolerableFailures()),
                number(fields, "retained", 1, defaults.retained()),
                fields.find("mode").flatMap(value -> value.oneOf(Words.MODES)).orElse(defaults.mode()),
                fields.find("alignment").flatMap(CheckpointReader::alignment).orElse(defaults.alignment()),
                fields.find("snapshots").flatMap(this::snapshots).orElse(defaults.snapshots()));
        fields.rejectOthers();
        return config;
    }

    private static int number(Fields fields, String name, int least, int absent) {
        return fields.find(name)
                .flatMap(value -> value.integer(least, Integer.MAX_VALUE))
                .map(Long::intValue)
                .orElse(absent);
    }

    private static Optional<Alignment> alignment(Cursor cursor) {
        return cursor.fields().map(fields -> {
            long maxBytes =
                    fields.find("maxBytes").flatMap(CheckpointReader::maxBytes).orElse(-1L);
            boolean spill = fields.find("spill").flatMap(Cursor::bool).orElse(false);
            fields.rejectOthers();
            return new Alignment(maxBytes, spill);
        });
    }

    private static Optional<Long> maxBytes(Cursor cursor) {
        return cursor.scalar().flatMap(spelled -> {
            if (spelled.equals("-1")) {
                return Optional.of(-1L);
            }
            Optional<Long> bytes = Quantities.size(spelled).filter(size -> size > 0);
            if (bytes.isEmpty()) {
                cursor.problem("alignment.maxBytes is -1 (no limit) or a positive number of bytes such as 64MiB");
            }
            return bytes;
        });
    }

    private Optional<Snapshots> snapshots(Cursor cursor) {
        return cursor.fields().flatMap(fields -> {
            Optional<String> uri = fields.require("uri").flatMap(this::uri);
            String client = fields.find("client")
                    .flatMap(value -> value.oneOf(Words.S3_CLIENTS))
                    .orElse("aws");
            Optional<String> endpoint = fields.find("endpoint").flatMap(Cursor::text);
            Optional<String> region = fields.find("region").flatMap(Cursor::text);
            boolean pathStyle = fields.find("pathStyle").flatMap(Cursor::bool).orElse(false);
            Optional<String> secret = fields.find("credentialsSecret").flatMap(Cursor::text);
            fields.rejectOthers();
            return uri.map(value -> new Snapshots(value, client, endpoint, region, pathStyle, secret));
        });
    }

    private Optional<String> uri(Cursor cursor) {
        return cursor.text().flatMap(spelled -> {
            if (spelled.startsWith(FILE) && spelled.length() > FILE.length()) {
                try {
                    return Optional.of(fileUri(spelled.substring(FILE.length())));
                } catch (InvalidPathException e) {
                    cursor.problem("is not a path: " + e.getReason());
                    return Optional.empty();
                }
            }
            if (spelled.startsWith(S3) && spelled.length() > S3.length()) {
                return Optional.of(spelled);
            }
            cursor.problem("must be file:DIR or s3://BUCKET/PREFIX");
            return Optional.empty();
        });
    }

    private String fileUri(String path) {
        String local = path.startsWith("//") ? path.substring(2) : path;
        return FILE + folder.resolve(local).toAbsolutePath().normalize();
    }
}
