package stream.weir.benchmarks.workload;

import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.codec.Encoded;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.state.ValueState;

/**
 * W3: sum and count for each key. The checksum of the last rows telescopes: the hash of the old row goes, that of the new one
 * comes, which also proves that each read returned what was written last.
 */
final class KeyedSum implements KeyedProcessFunction<Long, KeyValue, Totals> {
    private static final Sum NOTHING = new Sum(0, 0);

    @SuppressWarnings("NullAway.Init") // set by open, before anything else is called
    private ValueState<Sum> sums;

    private long hashes;
    private long rows;

    @Encoded
    record Sum(long sum, long count) {
        static final Codec<Sum> CODEC = Codecs.of(Sum.class);
    }

    @Override
    public void open(StateDeclarations states) {
        sums = states.value("sums", Sum.CODEC);
    }

    @Override
    public void process(KeyValue record, KeyedContext<Long> context, Collector<Totals> out) {
        Sum old = sums.orElse(NOTHING);
        Sum next = new Sum(old.sum + record.value, old.count + 1);
        sums.update(next);
        hashes += Checksum.row(record.key, next.sum, next.count);
        if (old.count == 0) {
            rows++;
        } else {
            hashes -= Checksum.row(record.key, old.sum, old.count);
        }
    }

    @Override
    public void endOfInput(Collector<Totals> out) {
        out.emit(new Totals(hashes, rows));
    }
}
