package stream.weir.coordinator.gateway;

import stream.weir.coordinator.PipelineDescription;

/** What a new leader finds of the last run. */
public sealed interface Survey {
    /**
     * Every replica of the run is held by a live process, and none has failed.
     *
     * @param heard the greatest id of a checkpoint that any of them has heard of
     */
    record Unbroken(long heard) implements Survey {}

    /**
     * It cannot go on: all have to go back.
     *
     * @param next what the next run is to have, as far as processes are there
     */
    record Broken(String why, PipelineDescription next) implements Survey {}

    /** A process follows a newer coordinator. */
    record Fenced(long newerTerm, String who) implements Survey {}
}
