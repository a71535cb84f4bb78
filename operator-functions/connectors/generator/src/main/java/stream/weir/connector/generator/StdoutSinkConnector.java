package stream.weir.connector.generator;

import java.io.PrintStream;
import java.util.List;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.connector.format.CsvPrinter;
import stream.weir.connector.format.JsonLinesPrinter;
import stream.weir.connector.format.RowPrinter;

/** The sink {@code stdout} of pipeline files. */
public final class StdoutSinkConnector implements SinkConnector {
    private final PrintStream out;

    /** Called by {@link java.util.ServiceLoader}: prints to the process's standard output. */
    public StdoutSinkConnector() {
        this(System.out);
    }

    public StdoutSinkConnector(PrintStream out) {
        this.out = out;
    }

    @Override
    public String type() {
        return "stdout";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.oneOf("format", List.of("jsonl", "csv"), "How rows are printed."),
                Option.withDefault(
                        "committed",
                        Option.Kind.BOOL,
                        "true",
                        "Print rows when their checkpoint is complete; false prints them at once, and again after a"
                                + " roll-back."),
                Option.withDefault(
                        "maxUncommitted",
                        Option.Kind.SIZE,
                        "64MiB",
                        "Most bytes of rows that may wait for their checkpoint, in each replica."));
    }

    @Override
    public List<String> problems(Options options, RowType rows) {
        return options.get("maxUncommitted", Long.class) < 1
                ? List.of("The option maxUncommitted must be at least one byte.")
                : List.of();
    }

    @Override
    public Sink<Row> create(Options options, RowType rows) {
        RowPrinter printer =
                options.get("format", String.class).equals("csv") ? new CsvPrinter(rows, ',') : new JsonLinesPrinter();
        StdoutSettings.Moment moment = options.get("committed", Boolean.class)
                ? StdoutSettings.Moment.COMMITTED
                : StdoutSettings.Moment.AT_ONCE;
        return new StdoutSink(new StdoutSettings(printer, moment, options.get("maxUncommitted", Long.class)), out);
    }
}
