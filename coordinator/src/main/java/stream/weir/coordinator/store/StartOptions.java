package stream.weir.coordinator.store;

/**
 * What a person said about this start.
 *
 * @param from where to begin
 */
public record StartOptions(From from, DroppedState droppedState, Duplicates duplicates) {
    /** Where a pipeline begins. */
    public sealed interface From {}

    /** At the newest checkpoint; from nothing only where there never was one. */
    public record Newest() implements From {}

    /** From nothing, whatever there is. Holds for this start; later ones go on from there. */
    public record Fresh() implements From {}

    /** At a checkpoint, of whichever branch. */
    public record AtCheckpoint(long checkpoint) implements From {}

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
        return new StartOptions(new Newest(), DroppedState.REFUSE, Duplicates.REFUSE);
    }

    public static StartOptions fresh() {
        return new StartOptions(new Fresh(), DroppedState.REFUSE, Duplicates.REFUSE);
    }

    public static StartOptions at(long checkpoint) {
        return new StartOptions(new AtCheckpoint(checkpoint), DroppedState.REFUSE, Duplicates.REFUSE);
    }

    public StartOptions allowingDroppedState() {
        return new StartOptions(from, DroppedState.ALLOW, duplicates);
    }

    public StartOptions acceptingDuplicates() {
        return new StartOptions(from, droppedState, Duplicates.ACCEPT);
    }
}
