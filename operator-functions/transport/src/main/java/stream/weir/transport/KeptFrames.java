package stream.weir.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;

/**
 * What a sender has: frames that wait to be written, and frames that were written and are not consumed yet. Together they are
 * bounded by the link's credit. Pure; of one thread.
 */
final class KeptFrames {
    private final Deque<Message<Frame>> written = new ArrayDeque<>();
    private final Deque<Message<Frame>> waiting = new ArrayDeque<>();

    /** The sequence number after those that were ever written. */
    private long next;

    void add(Message<Frame> message) {
        waiting.add(message);
    }

    /** The next frame to write. */
    Optional<Frame> write() {
        Message<Frame> message = waiting.poll();
        if (message == null) {
            return Optional.empty();
        }
        written.add(message);
        Frame frame = message.getPayload();
        next = Math.max(next, frame.sequence() + 1);
        return Optional.of(frame);
    }

    boolean isAllWritten() {
        return waiting.isEmpty();
    }

    /**
     * Goes on from a frame: those from it on are to be written again, those before it have arrived and wait for being consumed.
     *
     * @return false when that frame is not here any more, or never was
     */
    boolean resume(long from) {
        if (from < oldest() || from > next) {
            return false;
        }
        while (!written.isEmpty() && sequence(written.getLast()) >= from) {
            waiting.addFirst(written.removeLast());
        }
        return true;
    }

    /**
     * Acknowledges frames that were consumed.
     *
     * @return false when the reader claims to have consumed what was never sent
     */
    boolean consumed(long upTo) {
        if (upTo > next) {
            return false;
        }
        while (!written.isEmpty() && sequence(written.getFirst()) < upTo) {
            written.removeFirst().ack();
        }
        return true;
    }

    /** From which sequence number on frames are here; the next one when there are none. */
    long oldest() {
        if (!written.isEmpty()) {
            return sequence(written.getFirst());
        }
        // Frames that a broken connection has left to be written again.
        return waiting.isEmpty() ? next : Math.min(next, sequence(waiting.getFirst()));
    }

    /** The sequence number after those that were ever written. */
    long next() {
        return next;
    }

    /** Nobody will read these any more. */
    void clear() {
        written.clear();
        waiting.clear();
    }

    private static long sequence(Message<Frame> message) {
        return message.getPayload().sequence();
    }
}
