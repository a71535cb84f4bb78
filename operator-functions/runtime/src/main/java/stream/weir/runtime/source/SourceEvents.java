package stream.weir.runtime.source;

/** What a source has to say beside records. */
public interface SourceEvents {
    /** Something that is not a record; fails the run, or counts it, or sends it to the dead letters, as the pipeline says. */
    void malformed(String position, byte[] raw, String reason);

    /** Counts something worth seeing. */
    void count(String what);
}
