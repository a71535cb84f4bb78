package stream.weir.connector.format.input;

import java.time.Duration;
import java.util.Optional;

/**
 * In which order files are read, and for how long new ones are looked for.
 *
 * @param watch empty where the source ends with the files that are there
 */
public record InputSettings(Order order, Optional<Watch> watch) {
    /** What the order of the files' names says about the times of their records. */
    public enum Order {
        /** Nothing: a file not begun yet holds the watermark back. */
        ANY,
        /** Files of later names hold later records: a file holds the watermark back from when it is begun. */
        BY_TIME
    }

    /**
     * @param interval time between two looks for new files
     * @param remember how far a file may be older than the newest one, by time of modification, when it is found
     */
    public record Watch(Duration interval, Duration remember) {
        public static final Duration REMEMBER = Duration.ofDays(7);
    }

    /** What is there, in any order. */
    public static final InputSettings ONCE = new InputSettings(Order.ANY, Optional.empty());
}
