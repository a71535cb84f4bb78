package stream.weir.runtime.state;

import stream.weir.protocol.keygroup.KeyGroupRange;

/** Tables of one replica, for the key groups it holds. */
public interface KeyedStateBackend extends AutoCloseable {
    KeyGroupRange keyGroups();

    /** The table of that name, created where there is none. A name is used for one kind of table only. */
    ValueTable valueTable(String name);

    /** The table of that name, created where there is none. */
    OrderedTable orderedTable(String name);

    /**
     * Whether {@link ValueTable#merge} costs less than a read and a write, as where reads go to disk. Callers that may do either
     * choose by it.
     */
    default boolean mergesWithoutReading() {
        return false;
    }

    /**
     * The records that are processed next have these keys. A hint: a backend may load what it holds of them, which changes nothing that
     * can be seen. Keys that are none of its key groups are an error only when they are used.
     */
    default void expect(ExpectedKeys keys) {}

    /**
     * Freezes the present content for a checkpoint. Takes milliseconds, whatever the size of the state and the number of
     * changes; what is written afterwards is not part of it.
     */
    StateCapture capture(long checkpoint);

    /** The checkpoint is complete: later captures may build on what it stored. */
    void completed(long checkpoint);

    /** The checkpoint will not come about: what was stored for it must not be built on. */
    void aborted(long checkpoint);

    /** Bytes of state at present, approximately. */
    long sizeBytes();

    /** What the state takes; more than a few microseconds, so not to be asked for each record. */
    default StateFigures figures() {
        return StateFigures.of(sizeBytes());
    }

    /** Releases memory and files; waits for a capture that is being stored. */
    @Override
    void close();
}
