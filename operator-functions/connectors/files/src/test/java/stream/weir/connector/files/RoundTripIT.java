package stream.weir.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.api.source.SourceReader;

/** What the sink writes is what the source reads, for values of all types, and restored wherever it is cut. */
class RoundTripIT {
    private static final int ROWS_EACH = 2_000;
    private static final List<String> PIECES = List.of(
            "\"", "\"\"", ",", "\n", "\r\n", "\r", " ", "\t", "a", "NA", "{", "\\", "\u0000", "\u0001", "é", "€", "𝄞",
            "\uFFFD");
    private static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            1.0,
            0.1,
            1e22,
            1e23,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            9007199254740993.0,
            2.2250738585072011e-308);
    private static final List<Long> LONGS = List.of(0L, -1L, 1L, Long.MIN_VALUE, Long.MAX_VALUE, -922337203685477580L);

    private static final RowType INNER = FileSourceIT.rows("text", Primitive.STRING, "at", Primitive.TIMESTAMP);
    private static final RowType TYPE = FileSourceIT.rows(
            "text", Primitive.STRING,
            "a \"name\", quoted", Primitive.INT64,
            "decimal", Primitive.DOUBLE,
            "flag", Primitive.BOOL,
            "at", Primitive.TIMESTAMP,
            "raw", Primitive.BYTES,
            "list", new Schema.ListOf(Primitive.STRING),
            "map", new Schema.MapOf(Primitive.INT64, Primitive.DOUBLE),
            "row", INNER.schema());

    private enum Kind {
        CSV,
        JSONL
    }

    @TempDir
    private Path folder;

    private record Context(String pipeline, String stage, int replica, int replicas, long run, List<Bytes> restored)
            implements SinkContext {}

    @ParameterizedTest
    @EnumSource
    void when_rows_are_written_and_read_then_they_are_the_same(Kind kind) throws Exception {
        // given
        Random random = new Random(42);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS_EACH; i++) {
            rows.add(row(random));
        }

        // when
        write(kind, rows);

        // then
        List<Row> read = readInPieces(kind, random);
        assertThat(read).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i)).as("row %d", i).isEqualTo(rows.get(i));
        }
    }

    /** One file: a reader of each piece is restored from the positions of the one before, some of whose records are given up. */
    private List<Row> readInPieces(Kind kind, Random random) throws Exception {
        List<Row> rows = new ArrayList<>();
        Map<String, Bytes> positions = new HashMap<>();
        while (true) {
            try (Reading reading = Reading.of(source(kind), 0, 1, positions)) {
                SourceReader.Status status = SourceReader.Status.MORE;
                for (int polls = random.nextInt(8); polls >= 0 && status == SourceReader.Status.MORE; polls--) {
                    status = reading.poll(1 + random.nextInt(100));
                }
                assertThat(reading.malformed).isEmpty();
                rows.addAll(reading.rows);
                positions = reading.positions();
                if (status == SourceReader.Status.END) {
                    return rows;
                }
                reading.poll(50);
            }
        }
    }

    private FileSource source(Kind kind) {
        return kind == Kind.CSV ? FileSource.csv(folder, TYPE) : FileSource.jsonl(folder, TYPE);
    }

    private void write(Kind kind, List<Row> rows) throws Exception {
        FileSink sink = kind == Kind.CSV ? FileSink.csv(folder, TYPE) : FileSink.jsonl(folder, TYPE);
        try (SinkWriter<Row> writer = sink.open(new Context("orders", "report", 0, 1, 1, List.of()))) {
            for (Row row : rows) {
                writer.write(row, 0);
            }
            for (Bytes transaction : writer.prepare(1).makeDurable()) {
                writer.commit(transaction);
            }
        }
        assertThat(CommittedRows.committedFiles(folder)).hasSize(1).allMatch(Files::isRegularFile);
    }

    private static Row row(Random random) {
        @Nullable
        Object[] values = {
            text(random),
            random.nextBoolean() ? one(LONGS, random) : random.nextLong() >> random.nextInt(64),
            random.nextBoolean() ? one(DOUBLES, random) : decimal(random),
            random.nextBoolean(),
            instant(random),
            Bytes.of(text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            List.of(text(random), text(random)).subList(0, random.nextInt(3)),
            random.nextBoolean() ? Map.of(random.nextLong(), decimal(random), 7L, Double.NaN) : Map.of(),
            Row.of(INNER, random.nextBoolean() ? text(random) : null, instant(random)),
        };
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? null : values[i];
        }
        return Row.owning(TYPE, values);
    }

    /** Of any magnitude, and of few digits as people write them. */
    private static Double decimal(Random random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return random.nextBoolean() && Double.isFinite(any)
                ? any
                : random.nextInt(1_000_000) / Math.pow(10, random.nextInt(8));
    }

    private static Instant instant(Random random) {
        Instant second = Instant.ofEpochSecond(random.nextLong(-80_000_000_000L, 270_000_000_000L));
        return random.nextBoolean() ? second : second.plusNanos(random.nextInt(1_000_000_000));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(one(PIECES, random));
        }
        return text.toString();
    }

    private static <T> T one(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
