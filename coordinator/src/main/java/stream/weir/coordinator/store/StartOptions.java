package stream.weir.coordinator.store;

import java.util.Optional;

/**
 * What a person said about this start.
 *
 * @param from where to begin
 * @param request names this wish to begin elsewhere, so that it is carried out once, however often a coordinator starts or takes
 *     over with it; empty when every start means it anew
 * @param occasion when it holds
 */
public record StartOptions(
        From from, DroppedState droppedState, Duplicates duplicates, Optional<String> request, Occasion occasion) {
    /** A wish for every start. */
    public StartOptions(From from, DroppedState droppedState, Duplicates duplicates, Optional<String> request) {
        this(from, droppedState, duplicates, request, Occasion.EVERY_START);
    }

    /** When a wish to begin elsewhere holds. */
    public enum Occasion {
        EVERY_START,
        /** Where no checkpoint has ever been complete; later starts are as any other. */
        FIRST_START
    }

    /** Where a pipeline begins. */
    public sealed interface From {}

    /** At the newest checkpoint; from nothing only where there never was one. */
    public record Newest() implements From {}

    /** From nothing, whatever there is. Holds for this start; later ones go on from there. */
    public record Fresh() implements From {}

    /** At a checkpoint, of whichever branch. */
    public record AtCheckpoint(long checkpoint) implements From {}

    /** At a snapshot that is no checkpoint of this folder yet, and becomes one. Holds for this start; later ones go on from there. */
    public record AtSnapshot(SnapshotPlace place) implements From {}

    /** What to do with state of stages that the pipeline does not have. */
    public enum DroppedState {
        REFUSE,
        ALLOW
    }

    /** What to do when sinks have committed output that would be made again. */
    public enum Duplicates {
        REFUSE,
        ACCEPT
    }

    public static StartOptions newest() {
        return new StartOptions(new Newest(), DroppedState.REFUSE, Duplicates.REFUSE, Optional.empty());
    }

    public static StartOptions fresh() {
        return new StartOptions(new Fresh(), DroppedState.REFUSE, Duplicates.REFUSE, Optional.empty());
    }

    public static StartOptions at(long checkpoint) {
        return new StartOptions(new AtCheckpoint(checkpoint), DroppedState.REFUSE, Duplicates.REFUSE, Optional.empty());
    }

    public static StartOptions at(SnapshotPlace place) {
        return new StartOptions(new AtSnapshot(place), DroppedState.REFUSE, Duplicates.REFUSE, Optional.empty());
    }

    public StartOptions allowingDroppedState() {
        return new StartOptions(from, DroppedState.ALLOW, duplicates, request, occasion);
    }

    public StartOptions acceptingDuplicates() {
        return new StartOptions(from, droppedState, Duplicates.ACCEPT, request, occasion);
    }

    /**
     * The same, but carried out once: a run that comes from it says so in its record, and so do those that follow.
     *
     * @param name tells this wish from the one before; not empty
     */
    public StartOptions once(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a request to begin elsewhere has a name, this one's is empty");
        }
        return new StartOptions(from, droppedState, duplicates, Optional.of(name), occasion);
    }

    /** The same, but only where no checkpoint has ever been complete; later starts go on from the newest. */
    public StartOptions atFirstStart() {
        return new StartOptions(from, droppedState, duplicates, request, Occasion.FIRST_START);
    }

    /** What is left of the wish where a checkpoint has been complete. */
    StartOptions afterFirstStart() {
        return switch (occasion) {
            case EVERY_START -> this;
            case FIRST_START -> newest();
        };
    }

    /** What is left of the wish after the run whose record names {@code carriedOut}. */
    StartOptions after(Optional<String> carriedOut) {
        boolean done = request.isPresent() && request.equals(carriedOut);
        return done ? new StartOptions(new Newest(), droppedState, duplicates, request) : this;
    }
}
