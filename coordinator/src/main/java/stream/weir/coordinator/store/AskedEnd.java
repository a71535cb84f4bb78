package stream.weir.coordinator.store;

/** How somebody wants a job to end. */
public enum AskedEnd {
    /** With a last checkpoint, from which a start goes on. */
    STOP("stops/"),

    /**
     * Sources take their input for ended where it is, and the job completes: windows that are open close, and nothing is left to go on
     * with. Where replicas are lost before it has, sources of the next run end their input wherever they are by then.
     */
    DRAIN("drains/");

    private final String folder;

    AskedEnd(String folder) {
        this.folder = folder;
    }

    /** Where the wish is on record. */
    String folder() {
        return folder;
    }
}
