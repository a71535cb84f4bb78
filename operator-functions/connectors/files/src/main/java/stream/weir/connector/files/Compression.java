package stream.weir.connector.files;

import java.nio.file.Path;

/** Whether a file is compressed. */
enum Compression {
    /** By the ending: {@code .gz} is gzip. */
    AUTO,
    GZIP,
    NONE;

    boolean isGzip(Path path) {
        return switch (this) {
            case GZIP -> true;
            case NONE -> false;
            case AUTO -> path.getFileName().toString().endsWith(".gz");
        };
    }
}
