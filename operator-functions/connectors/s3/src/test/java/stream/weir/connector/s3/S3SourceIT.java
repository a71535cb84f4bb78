package stream.weir.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.connector.s3.TestRows.ROWS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.source.SourceReader.Status;
import stream.weir.connector.format.input.FileFormat;
import stream.weir.connector.format.input.InputSettings;
import stream.weir.connector.format.input.InputSettings.Watch;
import stream.weir.connector.format.input.LineFormat;
import stream.weir.connector.format.input.RecordFormat;
import stream.weir.connector.format.input.UnreadableFileException;
import stream.weir.connector.s3.parquet.ParquetFormat;
import stream.weir.connector.s3.parquet.ParquetOutput;
import stream.weir.store.open.StoreOptions;

/** Objects of a real server as source, through both clients. */
@ParameterizedClass
@ValueSource(strings = {"aws", "minio"})
class S3SourceIT {
    private static final LineFormat CSV = LineFormat.of(FileFormat.CSV, ROWS);

    @Parameter
    private String client = "";

    private Instant now = Instant.EPOCH;

    @TempDir
    private Path folder;

    private TestBucket bucket;

    @BeforeEach
    void create() throws IOException {
        bucket = TestBucket.create(client, folder);
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    private S3Source source(String prefix, RecordFormat format) throws IOException {
        return source(prefix, Optional.empty(), format, InputSettings.ONCE);
    }

    private S3Source source(String prefix, Optional<String> pattern, RecordFormat format, InputSettings settings)
            throws IOException {
        return new S3Source(bucket.root(), Prefix.of(bucket.uri(prefix), pattern), ROWS, format, settings);
    }

    private void put(String key, String content) throws IOException {
        bucket.put(key, content.getBytes(UTF_8));
    }

    @Test
    void when_a_prefix_is_read_then_its_objects_come_by_key_without_hidden_ones() throws Exception {
        // given
        put("in/b.csv", "id,text\n3,c\n");
        put("in/a/x.csv", "text,id\na,1\nb,2\n");
        put("in/_pending/y.csv", "id,text\n9,x\n");
        put("in/_y.csv", "id,text\n9,x\n");
        put("inside/z.csv", "id,text\n9,x\n");
        put("in/empty.csv", "");

        // then
        assertThat(Reading.of(source("in", CSV)).all().values("id")).containsExactly("1", "2", "3");
        assertThat(Reading.of(source("in/b.csv", CSV)).all().values("id")).containsExactly("3");
        assertThat(Reading.of(source("in/", Optional.of("a/*.csv"), CSV, InputSettings.ONCE))
                        .all()
                        .values("id"))
                .containsExactly("1", "2");
    }

    @Test
    void when_restored_at_any_cut_with_any_parallelism_then_every_record_comes_once() throws Exception {
        Random random = new Random(11);
        // given
        List<String> expected = new ArrayList<>();
        for (int file = 0; file < 3; file++) {
            write(random, file, expected);
        }

        // when
        List<String> read = new ArrayList<>();
        Map<String, Map<String, Bytes>> positions = new HashMap<>();
        boolean more = true;
        while (more) {
            int replicas = 1 + random.nextInt(3);
            Map<String, Map<String, Bytes>> taken = new HashMap<>();
            more = false;
            for (int replica = 0; replica < replicas; replica++) {
                for (String kind : List.of("csv", "gz", "parquet")) {
                    try (Reading reading = Reading.of(
                            byKind(kind),
                            replica,
                            replicas,
                            positions.getOrDefault(kind, Map.of()),
                            Clock.systemUTC())) {
                        for (int polls = random.nextInt(6); polls >= 0; polls--) {
                            more |= reading.poll(1 + random.nextInt(4000)) == Status.MORE;
                        }
                        reading.rows.forEach(row -> read.add(row.toString()));
                        taken.computeIfAbsent(kind, any -> new HashMap<>()).putAll(reading.positions());
                        reading.poll(500); // emitted behind the checkpoint: lost with the crash
                    }
                }
            }
            positions = taken;
        }

        // then
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    private S3Source byKind(String kind) throws IOException {
        RecordFormat format = kind.equals("parquet") ? new ParquetFormat(ROWS) : CSV;
        return source("in/" + kind, format);
    }

    private void write(Random random, int file, List<String> expected) throws IOException {
        int rows = 1 + random.nextInt(8_000);
        StringBuilder csv = new StringBuilder("id,text\n");
        Path parquet = folder.resolve(file + ".parquet");
        try (ParquetOutput out = ParquetOutput.create(
                parquet, ROWS, List.of("zstd", "snappy", "gzip", "none").get(file % 4))) {
            for (int i = 0; i < rows; i++) {
                long id = random.nextLong();
                String text = "t" + "é".repeat(random.nextInt(30));
                csv.append(id).append(',').append(text).append('\n');
                out.write(TestRows.row(id, text));
                for (int kind = 0; kind < 3; kind++) {
                    expected.add(TestRows.row(id, text).toString());
                }
            }
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(csv.toString().getBytes(UTF_8));
        }
        put("in/csv/" + file + ".csv", csv.toString());
        bucket.put("in/gz/" + file + ".csv.gz", zipped.toByteArray());
        bucket.put("in/parquet/" + file + ".parquet", Files.readAllBytes(parquet));
    }

    @Test
    void when_an_object_is_larger_than_a_chunk_then_it_comes_whole_from_any_offset() throws Exception {
        // given
        StringBuilder csv = new StringBuilder("id,text\n");
        for (int i = 0; i < 400_000; i++) {
            csv.append(i).append(",text number ").append(i).append(" of many\n");
        }
        put("in/large.csv", csv.toString());
        assertThat(csv.length()).isGreaterThan(12 << 20);

        // when
        Reading first = Reading.of(source("in", CSV));
        while (first.rows.size() < 250_000) {
            first.poll(1000);
        }
        Reading second = Reading.of(source("in", CSV), 0, 1, first.positions(), Clock.systemUTC())
                .all();

        // then
        assertThat(first.rows.size() + second.rows.size()).isEqualTo(400_000);
        assertThat(second.rows.getFirst().get("id")).isEqualTo((long) first.rows.size());
        assertThat(second.rows.getLast().get("id")).isEqualTo(399_999L);
    }

    @Test
    void when_an_object_changed_since_the_checkpoint_then_going_on_names_it() throws Exception {
        // given
        put("in/a.csv", "id,text\n1,a\n2,b\n");
        Reading reading = Reading.of(source("in", CSV));
        reading.poll(1);

        // when
        put("in/a.csv", "id,text\n1,a\n2,B\n");

        // then
        Reading restored = Reading.of(source("in", CSV), 0, 1, reading.positions(), Clock.systemUTC());
        assertThatThrownBy(restored::all)
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("cannot go on reading " + bucket.uri("in/a.csv") + ": its version was");
    }

    @Test
    void when_an_object_changes_while_it_is_read_then_reading_says_so() throws Exception {
        // given
        String line = ",a line that takes its room\n";
        StringBuilder csv = new StringBuilder("id,text\n");
        for (int i = 0; i < 800_000; i++) {
            csv.append(i).append(line);
        }
        put("in/a.csv", csv.toString());
        Reading reading = Reading.of(source("in", CSV));
        reading.poll(1);

        // when
        put("in/a.csv", csv.append("1,b\n").toString());

        // then
        assertThatThrownBy(reading::all)
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("412");
    }

    @Test
    void when_watching_then_new_objects_are_taken_up() throws Exception {
        // given
        put("in/a.csv", "id,text\n1,a\n");
        InputSettings settings = new InputSettings(
                InputSettings.Order.ANY, Optional.of(new Watch(Duration.ofSeconds(10), Watch.REMEMBER)));
        Reading reading = Reading.of(source("in", Optional.empty(), CSV, settings), 0, 1, Map.of(), () -> now)
                .all();

        // when
        put("in/0.csv", "id,text\n2,b\n");
        now = Instant.EPOCH.plusSeconds(10);
        while (reading.rows.size() < 2) {
            reading.poll(10);
        }

        // then
        assertThat(reading.values("id")).containsExactly("1", "2");
        reading.close();
    }

    @Test
    void when_columns_do_not_go_together_then_the_error_names_both() throws Exception {
        // given
        Path file = folder.resolve("other.parquet");
        try (ParquetOutput out = ParquetOutput.create(file, TestRows.OTHER, "zstd")) {
            out.write(TestRows.other());
        }
        bucket.put("in/a.parquet", Files.readAllBytes(file));
        put("broken/a.parquet", "no parquet at all");

        // then
        assertThatThrownBy(
                        () -> Reading.of(source("in", new ParquetFormat(ROWS))).all())
                .hasMessageContaining(bucket.uri("in/a.parquet"))
                .hasMessageContaining("there is no column text among [id, words]");
        assertThatThrownBy(() ->
                        Reading.of(source("broken", new ParquetFormat(ROWS))).all())
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("cannot read " + bucket.uri("broken/a.parquet") + " as Parquet");
    }

    @Test
    void when_there_is_nothing_or_no_bucket_then_opening_says_so() throws Exception {
        assertThatThrownBy(() -> Reading.of(source("none", CSV)))
                .hasMessageContaining("there is nothing to read at " + bucket.uri("none"));
        StoreOptions settings = bucket.root().settings();
        Bucket missing = new Bucket(
                new StoreOptions(
                        "s3://no-such-bucket-here",
                        settings.client(),
                        settings.endpoint(),
                        settings.region(),
                        settings.addressing(),
                        settings.credentialsSecret()),
                bucket.root().environment());
        assertThatThrownBy(() -> Reading.of(new S3Source(
                        missing,
                        Prefix.of("s3://no-such-bucket-here/in", Optional.empty()),
                        ROWS,
                        CSV,
                        InputSettings.ONCE)))
                .hasMessageContaining("no-such-bucket-here")
                .hasMessageContaining("NoSuchBucket");
    }
}
