package stream.weir.connector.generator;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.row.Row;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.format.JsonLinesPrinter;

/**
 * Prints rows, for people to look at.
 *
 * <p>Rows wait in memory until their checkpoint is complete and are then printed, never twice; a crash in between takes them
 * along, since what a terminal has shown cannot be known. Where each row must be there exactly once, write files. Rows printed
 * at once are printed again after a roll-back.
 */
public final class StdoutSink implements Sink<Row> {
    private final StdoutSettings settings;
    private final PrintStream out;
    private final AtomicBoolean begun = new AtomicBoolean();

    StdoutSink(StdoutSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Prints committed rows as JSON lines. */
    public static StdoutSink jsonl(PrintStream out) {
        return new StdoutSink(
                new StdoutSettings(
                        new JsonLinesPrinter(), StdoutSettings.Moment.COMMITTED, StdoutSettings.DEFAULT_HELD),
                out);
    }

    /** The header is printed by the first replica of a process, in its first run. */
    @Override
    public SinkWriter<Row> open(SinkContext context) {
        if (begun.compareAndSet(false, true)) {
            ByteWriter header = new ByteWriter();
            settings.printer().header(header);
            print(out, header);
        }
        return switch (settings.moment()) {
            case COMMITTED -> new CommittedPrinter(settings, out, context);
            case AT_ONCE -> new ImmediatePrinter(settings, out);
        };
    }

    /** Whole lines in one call, so that those of several replicas do not mix. */
    static void print(PrintStream out, ByteWriter lines) {
        out.write(lines.buffer(), 0, lines.size());
        out.flush();
    }

    @Override
    public String toString() {
        return "standard output";
    }
}
