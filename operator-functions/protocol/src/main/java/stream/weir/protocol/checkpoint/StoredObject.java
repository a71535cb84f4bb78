package stream.weir.protocol.checkpoint;

/**
 * An immutable object in the store.
 *
 * @param name below the pipeline's folder, for instance {@code files/0b5e...}
 * @param bytes its length
 * @param crc32c checksum of its content
 */
public record StoredObject(String name, long bytes, int crc32c) {}
