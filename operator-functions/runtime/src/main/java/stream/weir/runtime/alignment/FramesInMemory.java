package stream.weir.runtime.alignment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Held frames stay on the heap and keep their sender's credit, which is what bounds them: a blocked sender waits.
 */
public final class FramesInMemory implements HeldFrames {
    private final List<Queue<Arrival>> queues;
    private final long[] bytes;

    private FramesInMemory(List<Queue<Arrival>> queues) {
        this.queues = queues;
        this.bytes = new long[queues.size()];
    }

    public static FramesInMemory forInputs(int inputs) {
        List<Queue<Arrival>> queues = new ArrayList<>(inputs);
        for (int i = 0; i < inputs; i++) {
            queues.add(new ArrayDeque<>());
        }
        return new FramesInMemory(queues);
    }

    @Override
    public void hold(int input, Arrival arrival) {
        queues.get(input).add(arrival);
        bytes[input] += arrival.frame().creditBytes();
    }

    @Override
    public Optional<Arrival> poll(int input) {
        Optional<Arrival> first = Optional.ofNullable(queues.get(input).poll());
        first.ifPresent(arrival -> bytes[input] -= arrival.frame().creditBytes());
        return first;
    }

    @Override
    public boolean isEmpty(int input) {
        return queues.get(input).isEmpty();
    }

    @Override
    public long bytes(int input) {
        return bytes[input];
    }

    @Override
    public void close() {
        queues.forEach(Queue::clear);
    }
}
