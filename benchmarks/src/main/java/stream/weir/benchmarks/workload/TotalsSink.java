package stream.weir.benchmarks.workload;

import java.util.List;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** Adds the totals that reach it to a checksum. */
record TotalsSink(Checksum checksum) implements Sink<Totals> {
    @Override
    public SinkWriter<Totals> open(SinkContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(Totals totals, long timestamp) {
                checksum.add(totals.hashes(), totals.rows());
            }

            @Override
            public Prepared prepare(long checkpoint) {
                return List::of;
            }

            @Override
            public void commit(Bytes transaction) {}
        };
    }
}
