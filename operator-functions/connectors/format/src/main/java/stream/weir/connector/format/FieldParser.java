package stream.weir.connector.format;

/** Makes a value of the bytes of one field, which are not null and have no quotes around them. Stateless. */
interface FieldParser {
    /**
     * @throws MalformedRecordException with the end of a sentence that begins with the value, as {@code is not a double}
     */
    Object parse(byte[] data, int from, int to) throws MalformedRecordException;
}
