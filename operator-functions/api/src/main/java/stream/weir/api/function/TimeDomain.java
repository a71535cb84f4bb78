package stream.weir.api.function;

/** Which clock a timer follows. */
public enum TimeDomain {
    EVENT,
    PROCESSING
}
