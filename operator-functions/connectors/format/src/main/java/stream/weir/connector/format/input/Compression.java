package stream.weir.connector.format.input;

/** Whether a file is compressed. */
public enum Compression {
    /** By the ending: {@code .gz} is gzip. */
    AUTO,
    GZIP,
    NONE;

    boolean isGzip(String name) {
        return switch (this) {
            case GZIP -> true;
            case NONE -> false;
            case AUTO -> name.endsWith(".gz");
        };
    }
}
