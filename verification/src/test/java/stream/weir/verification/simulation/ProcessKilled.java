package stream.weir.verification.simulation;

/** Ends the process that is at work, right here: nothing catches it but the simulation. */
final class ProcessKilled extends Error {
    private static final long serialVersionUID = 1L;

    ProcessKilled(String where) {
        super(where, null, false, false);
    }
}
