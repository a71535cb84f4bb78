package stream.weir.benchmarks.workload;

import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.codec.Encoded;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.state.ValueState;

/** W4: a value of 64 bytes for each key, read and written once for each record; the checksum telescopes as in {@link KeyedSum}. */
final class KeyedDigest implements KeyedProcessFunction<Long, KeyValue, Totals> {
    private static final Digest NOTHING = new Digest(0, 0, -1, 0, 0, 0, 0, Long.MIN_VALUE);

    private final Runnable processed;

    @SuppressWarnings("NullAway.Init") // set by open, before anything else is called
    private ValueState<Digest> digests;

    private long hashes;
    private long rows;

    @Encoded
    record Digest(long sum, long count, long last, long xor1, long sum1, long xor2, long sum2, long max1) {
        static final Codec<Digest> CODEC = Codecs.of(Digest.class);

        Digest with(KeyValue record) {
            long h1 = Numbers.mix(record.sequence + 1);
            long h2 = Numbers.mix(~record.sequence);
            return new Digest(
                    sum + record.value,
                    count + 1,
                    Math.max(last, record.sequence),
                    xor1 ^ h1,
                    sum1 + h1,
                    xor2 ^ h2,
                    sum2 + h2,
                    Math.max(max1, h1));
        }

        long row(long key) {
            return Checksum.row(key, sum, count, last, xor1, sum1, xor2, sum2, max1);
        }
    }

    /** @param processed runs after each record */
    KeyedDigest(Runnable processed) {
        this.processed = processed;
    }

    @Override
    public void open(StateDeclarations states) {
        digests = states.value("digests", Digest.CODEC);
    }

    @Override
    public void process(KeyValue record, KeyedContext<Long> context, Collector<Totals> out) {
        Digest old = digests.orElse(NOTHING);
        Digest next = old.with(record);
        digests.update(next);
        hashes += next.row(record.key);
        if (old.count == 0) {
            rows++;
        } else {
            hashes -= old.row(record.key);
        }
        processed.run();
    }

    @Override
    public void endOfInput(Collector<Totals> out) {
        out.emit(new Totals(hashes, rows));
    }
}
