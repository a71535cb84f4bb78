package stream.weir.benchmarks.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;

/** A row of a pipeline file: two numbers, a text of 20 characters, a truth value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowBenchmark {
    private final RowType type = new RowType(List.of(
            new RowType.Column("id", Schema.Primitive.INT64),
            new RowType.Column("price", Schema.Primitive.DOUBLE),
            new RowType.Column("name", Schema.Primitive.STRING),
            new RowType.Column("open", Schema.Primitive.BOOL)));
    private final RowCodec codec = RowCodec.of(type);
    private final Row row = Row.of(type, 42L, 17.5, "twenty characters ok", true);
    private final ByteWriter writer = new ByteWriter();
    private final ByteReader reader = new ByteReader();
    private final byte[] encoded = bytes();

    private byte[] bytes() {
        ByteWriter out = new ByteWriter();
        codec.encode(row, out);
        return out.toByteArray();
    }

    @Benchmark
    public int encode() {
        writer.reset();
        codec.encode(row, writer);
        return writer.size();
    }

    @Benchmark
    public Row decode() {
        return codec.decode(reader.wrap(encoded, 0, encoded.length));
    }
}
