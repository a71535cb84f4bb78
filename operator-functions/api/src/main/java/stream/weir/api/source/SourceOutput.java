package stream.weir.api.source;

/** Takes what a reader reads. */
public interface SourceOutput<T> {
    /** The output of one split, which has a watermark of its own; to be kept by the reader while it reads the split. */
    Split<T> split(String name);

    /** One split's output. */
    interface Split<T> {
        /** Event time is taken from the value when the source has {@code eventTime}, else the record has none. */
        void emit(T value);

        /** @param timestamp event time known to the source itself, in milliseconds since the epoch */
        void emit(T value, long timestamp);

        /**
         * Something that is not a record. The source's {@code onError} decides: the run fails, it is counted and skipped, or
         * it goes to the dead letters with its raw bytes.
         *
         * @param position where, for people: file and line, partition and offset
         * @param raw the bytes as they were read
         * @param reason field, value and what was expected
         */
        void malformed(String position, byte[] raw, String reason);

        /**
         * For sources that know more of event time than their records tell: no later record of this split is older, but for late
         * ones. From the first call on the split's watermark is what is told here; {@link Long#MIN_VALUE} for none yet. Counts
         * only where the source has event time.
         */
        default void watermark(long millis) {}

        /** No record of this split will follow: it no longer holds the watermark back. */
        void end();
    }
}
