package stream.weir.api.pipeline;

/** What happens to a record that cannot be read or processed. */
public enum OnError {
    /** The run fails with an error that names the record. */
    FAIL,
    /** It is left out and counted. */
    SKIP,
    /** It goes to the stage's output {@link Stage#DEAD_LETTERS}. */
    DEAD_LETTER
}
