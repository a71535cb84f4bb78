package stream.weir.connector.generator;

import java.io.PrintStream;
import java.util.List;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkWriter;

/** Prints rows as they arrive. */
final class ImmediatePrinter implements SinkWriter<Row> {
    private final StdoutSettings settings;
    private final PrintStream out;
    private final ByteWriter line = new ByteWriter();

    ImmediatePrinter(StdoutSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public void write(Row row, long timestamp) {
        line.reset();
        settings.printer().row(row, line);
        StdoutSink.print(out, line);
    }

    @Override
    public Prepared prepare(long checkpoint) {
        return List::of;
    }

    @Override
    public void commit(Bytes transaction) {}
}
