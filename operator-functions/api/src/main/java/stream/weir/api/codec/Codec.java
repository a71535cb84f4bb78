package stream.weir.api.codec;

/**
 * Writes values of one type as bytes and reads them back.
 *
 * <p>Stateless, safe for use by any number of threads. Equal values have equal bytes: keys are hashed and compared in their
 * encoded form, so a type without that property (a set in iteration order, say) cannot be a key.
 *
 * @param <T> the type of the values; never null
 */
public interface Codec<T> {
    /** Appends the encoding of {@code value}. */
    void encode(T value, ByteWriter out);

    /**
     * Reads one value and leaves the reader behind it. A value is its own: several records are decoded before the first is processed, so
     * an object that is filled again at the next call would be seen with another's content.
     *
     * @throws MalformedDataException when the bytes are not such an encoding
     */
    T decode(ByteReader in);

    /** What the bytes look like; travels in checkpoints, so that a later version of the type can be held against it. */
    Schema schema();

    /**
     * A codec that reads bytes of the schema {@code written} and writes its own.
     *
     * @param written the schema under which existing bytes were written
     * @return this codec where the schemas are equal, otherwise one that converts while it reads
     * @throws IncompatibleSchemaException when the change is not one of those that {@link Schema} allows
     */
    Codec<T> reading(Schema written);
}
