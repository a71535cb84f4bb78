package stream.weir.definition;

import java.util.List;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;
import stream.weir.api.connector.FunctionFactory;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.RowFunction;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.connector.SourceConnector;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.function.TwoInputFunction;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;
import stream.weir.definition.compile.Extensions;

/** Connectors and functions with the options of the real ones that do nothing. */
final class TestConnectors {
    private TestConnectors() {}

    static Extensions extensions() {
        return Extensions.of(
                List.of(new FileSource(), new GeneratorSource()),
                List.of(new FileSink(), new StdoutSink()),
                List.of(new Tag(), new Pair()));
    }

    record TestSource(Options options, RowType rows) implements Source<Row> {
        @Override
        public Codec<Row> codec() {
            return RowCodec.of(rows);
        }

        @Override
        public SourceReader<Row> open(SourceContext context) {
            throw new UnsupportedOperationException();
        }
    }

    record TestSink(Options options, RowType rows) implements Sink<Row> {
        @Override
        public SinkWriter<Row> open(SinkContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private record FileSource() implements SourceConnector {
        @Override
        public String type() {
            return "file";
        }

        @Override
        public List<Option> options() {
            return List.of(
                    Option.required("path", Option.Kind.PATH, "File or folder."),
                    Option.oneOf("format", List.of("csv", "jsonl", "text"), "Form of the records."),
                    Option.withDefault("nullValues", Option.Kind.STRING_LIST, "", "Spellings of null."),
                    Option.withDefault("bufferSize", Option.Kind.SIZE, "64KiB", "Bytes read at once."),
                    Option.withDefault("poll", Option.Kind.DURATION, "1s", "Time between two looks."),
                    Option.optional("schema", Option.Kind.SCHEMA, "Fields."));
        }

        @Override
        public List<String> problems(Options options) {
            boolean text = options.get("format", String.class).equals("text");
            return text || options.has("schema") ? List.of() : List.of("a csv source needs a schema");
        }

        @Override
        public RowType rowType(Options options) {
            return options.find("schema", RowType.class)
                    .orElse(new RowType(List.of(new RowType.Column("line", Schema.Primitive.STRING))));
        }

        @Override
        public Source<Row> create(Options options) {
            return new TestSource(options, rowType(options));
        }
    }

    private record GeneratorSource() implements SourceConnector {
        @Override
        public String type() {
            return "generator";
        }

        @Override
        public List<Option> options() {
            return List.of(
                    Option.withDefault("count", Option.Kind.INT, "10", "How many."),
                    Option.optional("fields", Option.Kind.MAP, "Anything."));
        }

        @Override
        public RowType rowType(Options options) {
            return new RowType(List.of(
                    new RowType.Column("n", Schema.Primitive.INT64),
                    new RowType.Column("time", Schema.Primitive.TIMESTAMP)));
        }

        @Override
        public Source<Row> create(Options options) {
            if (options.get("count", Long.class) > 1_000_000) {
                throw new IllegalArgumentException("count is too large");
            }
            return new TestSource(options, rowType(options));
        }
    }

    private record FileSink() implements SinkConnector {
        @Override
        public String type() {
            return "file";
        }

        @Override
        public List<Option> options() {
            return List.of(
                    Option.required("path", Option.Kind.PATH, "Folder."),
                    Option.oneOf("format", List.of("csv", "jsonl"), "Form of the records."));
        }

        @Override
        public List<String> problems(Options options, RowType rows) {
            return rows.columns().stream()
                    .filter(column -> !(column.type() instanceof Schema.Primitive)
                            && options.get("format", String.class).equals("csv"))
                    .map(column -> "csv has no form for the field " + column.name())
                    .toList();
        }

        @Override
        public Sink<Row> create(Options options, RowType rows) {
            return new TestSink(options, rows);
        }
    }

    private record StdoutSink() implements SinkConnector {
        @Override
        public String type() {
            return "stdout";
        }

        @Override
        public List<Option> options() {
            return List.of();
        }

        @Override
        public Sink<Row> create(Options options, RowType rows) {
            return new TestSink(options, rows);
        }
    }

    /** Adds a field. */
    private record Tag() implements FunctionFactory {
        @Override
        public String name() {
            return "tag";
        }

        @Override
        public List<Option> options() {
            return List.of(Option.withDefault("text", Option.Kind.STRING, "x", "What to add."));
        }

        @Override
        public RowFunction create(List<RowType> inputs, Options config) {
            if (inputs.getFirst().indexOf("tag") >= 0) {
                throw new IllegalArgumentException("the rows have a field tag already");
            }
            List<RowType.Column> columns =
                    new java.util.ArrayList<>(inputs.getFirst().columns());
            columns.add(new RowType.Column("tag", Schema.Primitive.STRING));
            return new RowFunction.OneToOne(new RowType(columns), row -> row);
        }
    }

    private record Pair() implements FunctionFactory {
        @Override
        public String name() {
            return "pair";
        }

        @Override
        public RowFunction create(List<RowType> inputs, Options config) {
            return new RowFunction.TwoInput(inputs.getFirst(), PairFunction::new, java.util.Map.of());
        }
    }

    private static final class PairFunction implements TwoInputFunction<Row, Row, Row, Row> {
        @Override
        public void open(StateDeclarations states) {}

        @Override
        public void processLeft(Row value, KeyedContext<Row> context, Collector<Row> out) {
            out.emit(value);
        }

        @Override
        public void processRight(Row value, KeyedContext<Row> context, Collector<Row> out) {}
    }
}
