package stream.weir.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import stream.weir.protocol.frame.Frame;

/**
 * How far the frames of a link are consumed. Frames are added by one thread and acknowledged by any, in any order; what counts
 * is up to where none is missing. Whoever raises {@code work} from zero counts, for itself and for those who come meanwhile.
 */
final class ConsumedFrames {
    private final Queue<ReceivedFrame> delivered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private volatile long upTo;
    private volatile long bytes;

    void add(ReceivedFrame frame) {
        delivered.add(frame);
    }

    /** Counts anew after an acknowledgement. */
    void advance() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        for (int left = 1; left != 0; left = work.addAndGet(-left)) {
            count();
        }
    }

    /** All frames with a smaller sequence number are consumed. */
    long upTo() {
        return upTo;
    }

    /** Credit of all frames that were ever consumed. */
    long bytes() {
        return bytes;
    }

    private void count() {
        long newUpTo = upTo;
        long newBytes = bytes;
        for (ReceivedFrame head = delivered.peek(); head != null && head.isConsumed(); head = delivered.peek()) {
            delivered.remove();
            Frame frame = head.getPayload();
            newUpTo = frame.sequence() + 1;
            newBytes += frame.creditBytes();
        }
        upTo = newUpTo;
        bytes = newBytes;
    }
}
