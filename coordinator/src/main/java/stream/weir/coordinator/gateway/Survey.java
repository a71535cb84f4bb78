package stream.weir.coordinator.gateway;

/** What a new leader finds of the last run. */
public sealed interface Survey {
    /**
     * Every replica of the run is held by a live process, and none has failed.
     *
     * @param heard the greatest id of a checkpoint that any of them has heard of
     */
    record Unbroken(long heard) implements Survey {}

    /** It cannot go on: all have to go back. */
    record Broken(String why) implements Survey {}

    /** A process follows a newer coordinator. */
    record Fenced(long newerTerm, String who) implements Survey {}
}
