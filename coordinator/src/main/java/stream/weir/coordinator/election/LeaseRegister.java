package stream.weir.coordinator.election;

import java.util.Optional;

/**
 * One place for one lease, that is replaced by compare-and-set. Its calls block; any thread. A call that fails may have been carried
 * out all the same: what became of it is found out by reading.
 */
public interface LeaseRegister {
    /**
     * What is there.
     *
     * @param version changes with each replacement
     */
    record Entry(String version, LeaseDocument document) {}

    Optional<Entry> read() throws LeaseException;

    /** Puts the first document there; does nothing when one is. */
    void create(LeaseDocument document) throws LeaseException;

    /**
     * @param version the one that is to be replaced
     * @return the new version; empty when that version is there no more
     */
    Optional<String> replace(String version, LeaseDocument document) throws LeaseException;
}
