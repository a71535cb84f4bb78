package stream.weir.connector.format.input;

/**
 * A file that is there.
 *
 * @param name its path below the place that is read, with slashes
 * @param modifiedMillis when it was written, by the clock of the place
 */
public record FoundFile(String name, long modifiedMillis) {}
