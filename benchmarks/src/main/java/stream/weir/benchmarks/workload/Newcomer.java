package stream.weir.benchmarks.workload;

import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.codec.Encoded;
import stream.weir.api.function.Aggregator;

/**
 * What is known of a person in a window.
 *
 * @param time of the event, or the end of the window
 * @param name empty unless the person was created in the window
 * @param sells whether it is the seller of an auction of the window
 */
@Encoded
record Newcomer(long time, long person, byte[] name, boolean sells) {
    static final Codec<Newcomer> CODEC = Codecs.of(Newcomer.class);
    private static final byte[] NO_NAME = {};

    static Newcomer of(Event event) {
        return event.kind == Event.Kind.PERSON
                ? new Newcomer(event.timestamp, event.id, event.name(), false)
                : new Newcomer(event.timestamp, event.person, NO_NAME, true);
    }

    boolean isSeller() {
        return sells && name.length > 0;
    }

    long hash() {
        long nameHash = 0;
        for (byte each : name) {
            nameHash = nameHash * 31 + each;
        }
        return Checksum.row(time, person, nameHash);
    }

    /** What the events of one person tell together. */
    static final class Known implements Aggregator<Newcomer, Newcomer, Newcomer> {
        @Override
        public Newcomer create() {
            return new Newcomer(0, 0, NO_NAME, false);
        }

        @Override
        public Newcomer add(Newcomer accumulator, Newcomer input) {
            return merge(accumulator, input);
        }

        @Override
        public Newcomer merge(Newcomer left, Newcomer right) {
            byte[] name = left.name.length > 0 ? left.name : right.name;
            return new Newcomer(right.time, right.person, name, left.sells || right.sells);
        }

        @Override
        public Newcomer result(Newcomer accumulator) {
            return accumulator;
        }
    }
}
