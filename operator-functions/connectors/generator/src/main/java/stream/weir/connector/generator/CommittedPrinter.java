package stream.weir.connector.generator;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/**
 * Prints rows when they are committed. A transaction is only a name: one that this writer does not know was prepared by an
 * earlier run, which has printed it or is gone with its rows.
 */
final class CommittedPrinter implements SinkWriter<Row> {
    private final StdoutSettings settings;
    private final PrintStream out;
    private final SinkContext context;
    private final Map<Bytes, ByteWriter> prepared = new HashMap<>();
    private ByteWriter open = new ByteWriter();
    private long held;

    CommittedPrinter(StdoutSettings settings, PrintStream out, SinkContext context) {
        this.settings = settings;
        this.out = out;
        this.context = context;
    }

    /**
     * @throws IllegalStateException when too many rows wait for their checkpoint
     */
    @Override
    public void write(Row row, long timestamp) {
        int before = open.size();
        settings.printer().row(row, open);
        held += open.size() - before;
        if (held > settings.mostHeld()) {
            throw new IllegalStateException("the stdout sink of the stage " + context.stage() + " holds " + held
                    + " bytes of rows that wait for their checkpoint, more than maxUncommitted (" + settings.mostHeld()
                    + "): take checkpoints more often, raise that option, or set committed: false");
        }
    }

    @Override
    public Prepared prepare(long checkpoint) {
        if (open.size() == 0) {
            return List::of;
        }
        Bytes name = name(checkpoint);
        prepared.put(name, open);
        open = new ByteWriter();
        return () -> List.of(name);
    }

    private Bytes name(long checkpoint) {
        ByteWriter name = new ByteWriter();
        name.writeVarLong(context.run());
        name.writeVarInt(context.replica());
        name.writeVarLong(checkpoint);
        return Bytes.of(name.toByteArray());
    }

    @Override
    public void commit(Bytes transaction) {
        ByteWriter rows = prepared.remove(transaction);
        if (rows != null) {
            held -= rows.size();
            StdoutSink.print(out, rows);
        }
    }
}
