package stream.weir.runtime.alignment;

import java.util.Optional;

/**
 * Frames that are held back, one queue per input, first in, first out. Used by the replica's thread only.
 */
public interface HeldFrames extends AutoCloseable {
    /** Puts a frame behind the others of its input. */
    void hold(int input, Arrival arrival);

    /** Takes the first frame of an input. */
    Optional<Arrival> poll(int input);

    boolean isEmpty(int input);

    /** Credit bytes ({@link stream.weir.protocol.frame.Frame#creditBytes}) of the frames that an input has here. */
    long bytes(int input);

    /** Forgets all frames and frees what they take; their credit is not given back. */
    @Override
    void close();
}
