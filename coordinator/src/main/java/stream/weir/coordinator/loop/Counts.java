package stream.weir.coordinator.loop;

/** Which numbers of replicas a start begins with. */
public enum Counts {
    /** What the pipeline says. */
    OF_PLAN,
    /** What stages had last; only new ones have what the pipeline says. */
    OF_LAST_RUN
}
