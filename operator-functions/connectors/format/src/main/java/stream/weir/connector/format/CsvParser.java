package stream.weir.connector.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.pipeline.NearestName;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Rows from CSV. Of a record only the fields of the row are looked into; the others are passed over. */
public final class CsvParser implements RowParser {
    private final RowType type;
    private final CsvScanner scanner;
    private final FieldParser[] parsers;
    /** Columns whose types have a value without a character: in quotes it is that value, not null. */
    private final boolean[] emptyIsValue;

    private final int[] sources;
    private final int columns;
    private final byte[][] nulls;
    private byte[] data = {};

    private CsvParser(RowType type, CsvDialect dialect, int[] sources, int columns) {
        this.type = type;
        this.scanner = new CsvScanner(dialect.delimiter());
        this.parsers = type.columns().stream()
                .map(column -> FieldParsers.of(column.type(), column.name()))
                .toArray(FieldParser[]::new);
        this.emptyIsValue = new boolean[type.size()];
        for (int i = 0; i < emptyIsValue.length; i++) {
            Schema of = type.columns().get(i).type();
            emptyIsValue[i] = of == Schema.Primitive.STRING || of == Schema.Primitive.BYTES;
        }
        this.sources = sources;
        this.columns = columns;
        this.nulls = dialect.nullValues().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /**
     * A parser of records with the columns {@code header}, in their order; those that {@code type} does not have are skipped.
     *
     * @throws IllegalArgumentException when a field of {@code type} is not in the header, or twice, or of a type that files
     *     cannot hold
     */
    public static CsvParser of(RowType type, CsvDialect dialect, List<String> header) {
        int[] sources = new int[type.size()];
        for (int i = 0; i < sources.length; i++) {
            String name = type.columns().get(i).name();
            sources[i] = header.indexOf(name);
            if (sources[i] < 0) {
                throw new IllegalArgumentException("the schema has a field \"" + name
                        + "\", but there is no such column among " + header + nearest(name, header));
            }
            if (header.lastIndexOf(name) != sources[i]) {
                throw new IllegalArgumentException("there are two columns \"" + name + "\" in the header " + header);
            }
        }
        return new CsvParser(type, dialect, sources, header.size());
    }

    private static String nearest(String name, List<String> header) {
        return NearestName.of(name, header)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }

    /**
     * The names in a header line.
     *
     * @param line with or without its line end
     */
    public static List<String> header(byte[] line, CsvDialect dialect) throws MalformedRecordException {
        CsvScanner scanner = new CsvScanner(dialect.delimiter());
        scanner.find(line, 0, line.length, Tail.FINAL);
        return scanner.texts();
    }

    @Override
    public int find(byte[] bytes, int from, int to, Tail tail) {
        data = bytes;
        return scanner.find(bytes, from, to, tail);
    }

    @Override
    public int lines() {
        return scanner.lines();
    }

    /** An empty line is a record only where there is one column, which may be null. */
    @Override
    public boolean blank() {
        return columns != 1 && scanner.empty();
    }

    @Override
    public Row row() throws MalformedRecordException {
        Optional<String> problem = scanner.problem();
        if (problem.isPresent()) {
            throw new MalformedRecordException(problem.get());
        }
        if (scanner.fields() != columns) {
            throw wrongLength();
        }
        @Nullable Object[] values = new @Nullable Object[sources.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i, sources[i]);
        }
        return Row.owning(type, values);
    }

    private @Nullable Object value(int index, int field) throws MalformedRecordException {
        int start = scanner.start(field);
        int end = scanner.end(field);
        if (isNull(start, end) && !(emptyIsValue[index] && scanner.isQuoted(field))) {
            return null;
        }
        try {
            if (scanner.isEscaped(field)) {
                byte[] plain = scanner.unescape(field);
                return parsers[index].parse(plain, 0, plain.length);
            }
            return parsers[index].parse(data, start, end);
        } catch (MalformedRecordException e) {
            throw new MalformedRecordException("field "
                    + type.columns().get(index).name() + ": " + Ascii.quote(data, start, end) + " " + e.getMessage());
        }
    }

    private boolean isNull(int start, int end) {
        for (byte[] candidate : nulls) {
            if (candidate.length == end - start && Arrays.equals(candidate, 0, candidate.length, data, start, end)) {
                return true;
            }
        }
        return false;
    }

    private MalformedRecordException wrongLength() {
        StringBuilder missing = new StringBuilder();
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] >= scanner.fields()) {
                missing.append(missing.isEmpty() ? "; missing: " : ", ")
                        .append(type.columns().get(i).name());
            }
        }
        return new MalformedRecordException(scanner.fields() + " fields where " + columns + " are expected" + missing);
    }
}
