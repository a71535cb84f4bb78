package stream.weir.testkit;

/**
 * A record that a function emitted.
 *
 * @param timestamp event time in milliseconds since the epoch; {@link Long#MIN_VALUE} where it has none
 */
public record Emitted<T>(T value, long timestamp) {}
