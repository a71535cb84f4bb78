package stream.weir.protocol.bytes;

/** Makes the error of whoever reads, for bytes that cannot be what was expected. */
@FunctionalInterface
public interface Malformed {
    /** @param message names the field, and what was found */
    RuntimeException because(String message);
}
