package stream.weir.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.SourceReader.Status;
import stream.weir.connector.format.CsvDialect;
import stream.weir.connector.format.TextParser;
import stream.weir.connector.format.input.Compression;
import stream.weir.connector.format.input.FileFormat;
import stream.weir.connector.format.input.InputSettings;
import stream.weir.connector.format.input.LineFormat;
import stream.weir.connector.format.input.UnreadableFileException;

class FileSourceIT {
    private static final RowType ROWS = rows("id", Primitive.INT64, "text", Primitive.STRING);

    @TempDir
    private Path folder;

    @Test
    void when_folder_is_read_then_all_visible_files_come_in_order_of_names() throws Exception {
        // given
        write("b.csv", "id,text\n3,c\n");
        write("a.csv", "text,id\na,1\nb,2\n");
        write(".hidden.csv", "id,text\n9,x\n");
        write("_ignored.csv", "id,text\n9,x\n");

        // when
        Reading reading = Reading.of(FileSource.csv(folder, ROWS)).all();

        // then
        assertThat(reading.values("id")).containsExactly("1", "2", "3");
        assertThat(reading.begun).containsExactlyInAnyOrder("a.csv", "b.csv");
        assertThat(reading.ended).containsExactly("a.csv", "b.csv");
    }

    @Test
    void when_glob_is_read_then_only_matching_files_come() throws Exception {
        // given
        Files.createDirectories(folder.resolve("2013/01"));
        write("2013/01/a.csv", "id,text\n1,a\n");
        write("2013/b.csv", "id,text\n2,b\n");
        write("2013/01/c.txt", "id,text\n3,c\n");

        // when
        Reading deep =
                Reading.of(FileSource.csv(folder.resolve("**/*.csv"), ROWS)).all();
        Reading flat =
                Reading.of(FileSource.csv(folder.resolve("20*/*.csv"), ROWS)).all();

        // then
        assertThat(deep.begun).containsExactlyInAnyOrder("2013/01/a.csv", "2013/b.csv");
        assertThat(flat.begun).containsExactly("2013/b.csv");
    }

    @Test
    void when_first_poll_then_every_file_holds_the_watermark_back() throws Exception {
        // given
        write("a.csv", "id,text\n1,a\n");
        write("b.csv", "id,text\n2,b\n");
        Reading reading = Reading.of(FileSource.csv(folder, ROWS));

        // when
        reading.poll(1);

        // then
        assertThat(reading.begun).containsExactlyInAnyOrder("a.csv", "b.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.csv", "data.csv.gz"})
    void when_restored_at_any_cut_then_every_record_comes_exactly_once(String name) throws Exception {
        Random random = new Random(name.hashCode());
        for (int round = 0; round < 20; round++) {
            // given
            Path input = Files.createDirectory(folder.resolve("round" + round));
            int files = 1 + random.nextInt(4);
            List<String> expected = new ArrayList<>();
            for (int file = 0; file < files; file++) {
                write("round" + round + "/" + file + name, content(random, expected, 1 + random.nextInt(4000)));
            }

            // when
            List<String> read = new ArrayList<>();
            Map<String, Bytes> positions = Map.of();
            boolean more = true;
            while (more) {
                int replicas = 1 + random.nextInt(3);
                Map<String, Bytes> taken = new HashMap<>();
                more = false;
                for (int replica = 0; replica < replicas; replica++) {
                    Reading reading = Reading.of(FileSource.csv(input, ROWS), replica, replicas, positions);
                    for (int polls = random.nextInt(6); polls >= 0; polls--) {
                        more |= reading.poll(1 + random.nextInt(1000)) == Status.MORE;
                    }
                    reading.rows.forEach(row -> read.add(row.toString()));
                    taken.putAll(reading.positions());
                    reading.poll(500); // emitted behind the checkpoint: lost with the crash
                    reading.close();
                }
                positions = taken;
            }

            // then
            assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void when_finished_source_is_restored_then_nothing_comes_again() throws Exception {
        // given
        write("a.csv", "id,text\n1,a\n");
        Reading first = Reading.of(FileSource.csv(folder, ROWS)).all();

        // when
        Reading second = Reading.of(FileSource.csv(folder, ROWS), 0, 1, first.positions())
                .all();

        // then
        assertThat(second.rows).isEmpty();
        assertThat(second.positions()).isEqualTo(first.positions());
    }

    @Test
    void when_watching_then_new_files_are_taken_up_after_the_interval() throws Exception {
        // given
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource clock = now::get;
        Reading reading =
                Reading.of(FileSource.csv(folder, ROWS).watching(Duration.ofSeconds(10)), 0, 1, Map.of(), clock);
        assertThat(reading.poll(10)).isEqualTo(Status.IDLE);
        write("a.csv", "id,text\n1,a\n");

        // when
        assertThat(reading.poll(10)).isEqualTo(Status.IDLE);
        now.set(Instant.EPOCH.plusSeconds(10));
        Status found = reading.poll(10);

        // then
        assertThat(found).isEqualTo(Status.MORE);
        assertThat(reading.values("id")).containsExactly("1");
        assertThat(reading.poll(10)).isEqualTo(Status.IDLE);
    }

    @Test
    void when_file_shrank_then_restoring_names_it() throws Exception {
        for (String name : List.of("a.csv", "a.csv.gz")) {
            // given
            Path file = write(name, "id,text\n1,a\n2,b\n3,c\n");
            Reading reading = Reading.of(FileSource.csv(file, ROWS));
            reading.poll(2);

            // when
            write(name, "id,text\n1,a\n");

            // then
            Reading restored = Reading.of(FileSource.csv(file, ROWS), 0, 1, reading.positions());
            assertThatThrownBy(restored::all)
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("has read 16 bytes of it, but it is only 12 bytes long now");
        }
    }

    @Test
    void when_header_changed_then_restoring_names_both() throws Exception {
        // given
        Path file = write("a.csv", "id,text\n1,a\n2,b\n");
        Reading reading = Reading.of(FileSource.csv(file, ROWS));
        reading.poll(1);

        // when
        write("a.csv", "text,id\na,1\nb,2\n");

        // then
        Reading restored = Reading.of(FileSource.csv(file, ROWS), 0, 1, reading.positions());
        assertThatThrownBy(restored::all)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("the columns were [id, text]")
                .hasMessageContaining("[text, id] now");
    }

    @Test
    void when_file_of_checkpoint_is_gone_then_opening_names_it() throws Exception {
        // given
        Path file = write("a.csv", "id,text\n1,a\n2,b\n");
        write("b.csv", "id,text\n");
        Reading reading = Reading.of(FileSource.csv(folder, ROWS));
        reading.poll(1);

        // when
        Files.delete(file);

        // then
        assertThatThrownBy(() -> Reading.of(FileSource.csv(folder, ROWS), 0, 1, reading.positions()))
                .hasMessageContaining("a.csv, which the checkpoint has read in part");
    }

    @Test
    void when_there_is_nothing_to_read_then_opening_says_so() {
        assertThatThrownBy(() -> Reading.of(FileSource.csv(folder.resolve("no.csv"), ROWS)))
                .hasMessageContaining("no such file or folder");
        assertThatThrownBy(() -> Reading.of(FileSource.csv(folder, ROWS))).hasMessageContaining("nothing to read");
        assertThatThrownBy(() -> Reading.of(FileSource.csv(folder.resolve("no/*.csv"), ROWS)))
                .hasMessageContaining("where the glob starts, does not exist");
    }

    @Test
    void when_column_is_missing_then_the_nearest_is_named() throws Exception {
        // given
        write("a.csv", "ID,txet\n1,a\n");

        // when
        Reading reading = Reading.of(FileSource.csv(folder, rows("text", Primitive.STRING)));

        // then
        assertThatThrownBy(reading::all)
                .hasMessageContaining("a.csv")
                .hasMessageContaining("no such column among [ID, txet]; did you mean \"txet\"?");
    }

    @Test
    void when_records_are_malformed_then_each_is_named_and_the_others_are_read() throws Exception {
        // given
        write("a.csv", "id,text\n1,a\nx,b\n2\n3,\"multi\nline\"\ny,c\n4,d");

        // when
        Reading reading = Reading.of(FileSource.csv(folder, ROWS)).all();

        // then
        assertThat(reading.values("id")).containsExactly("1", "3", "4");
        assertThat(reading.malformed)
                .containsExactly(
                        "a.csv:3 field id: \"x\" is not an int",
                        "a.csv:4 1 fields where 2 are expected; missing: text",
                        "a.csv:7 field id: \"y\" is not an int");
        assertThat(reading.raw.getFirst()).asString().isEqualTo("x,b");
    }

    @Test
    void when_a_line_is_too_long_then_it_alone_is_malformed_wherever_the_cut_is() throws Exception {
        // given
        String big = "x".repeat(300_000);
        Path file = write("a.txt", "one\n" + big + "\ntwo\n" + big);
        FileSource source = new FileSource(
                file, LineFormat.of(FileFormat.TEXT, TextParser.ROWS).with(Compression.AUTO, 1000), InputSettings.ONCE);
        Reading reading = Reading.of(source);

        // when
        reading.poll(1);
        Reading restored = Reading.of(source, 0, 1, reading.positions()).all();

        // then
        assertThat(restored.values("line")).containsExactly("two");
        assertThat(restored.malformed).hasSize(2).allSatisfy(reason -> assertThat(reason)
                .contains("maxLineLength (1000 bytes)"));
        assertThat(restored.malformed.getLast()).startsWith("a.txt:4 ");
    }

    @Test
    void when_a_quote_is_not_closed_then_only_its_line_is_lost() throws Exception {
        // given
        write("a.csv", "id,text\n1,\"open\n2,b\n3,c\n");

        // when
        Reading reading = Reading.of(FileSource.csv(folder, ROWS)).all();

        // then
        assertThat(reading.values("id")).containsExactly("2", "3");
        assertThat(reading.malformed).containsExactly("a.csv:2 the quote that opens field 2 is never closed");
    }

    @Test
    void when_file_begins_with_a_byte_order_mark_then_it_is_no_part_of_the_header() throws Exception {
        // given
        write("a.csv", "\uFEFFid,text\n1,a\n");

        // when
        Reading reading = Reading.of(FileSource.csv(folder, ROWS)).all();

        // then
        assertThat(reading.values("id")).containsExactly("1");
    }

    @Test
    void when_gzip_is_cut_off_or_none_then_the_error_names_the_file() throws Exception {
        // given
        Path file = write("a.csv.gz", "id,text\n" + "1,a\n".repeat(100_000));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        Path plain = folder.resolve("plain.csv.gz");
        Files.writeString(plain, "id,text\n1,a\n");

        // then
        assertThatThrownBy(() -> Reading.of(FileSource.csv(file, ROWS)).all())
                .hasMessageContaining("a.csv.gz")
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> Reading.of(FileSource.csv(plain, ROWS)).all())
                .hasMessageContaining("plain.csv.gz")
                .hasMessageContaining("not gzip");
    }

    @Test
    void when_sample_of_flights_is_read_then_types_and_nulls_are_right() throws Exception {
        // given
        Path sample = Path.of(getClass().getResource("/flights-sample.csv").toURI());
        RowType rows =
                rows("carrier", Primitive.STRING, "dep_delay", Primitive.DOUBLE, "time_hour", Primitive.TIMESTAMP);
        FileSource source = FileSource.csv(sample, rows).dialect(new CsvDialect(',', List.of("", "NA")));

        // when
        Reading reading = Reading.of(source).all();

        // then
        assertThat(reading.malformed).isEmpty();
        assertThat(reading.rows)
                .hasSize(200)
                .contains(Row.of(rows, "UA", 2.0, Instant.parse("2013-01-01T10:00:00Z")))
                .anySatisfy(row -> assertThat(row.get("dep_delay")).isNull());
    }

    @Test
    void when_files_are_ordered_by_time_then_one_not_begun_holds_nothing_back() throws Exception {
        // given
        write("a.csv", "id,text\n1,a\n");
        write("b.csv", "id,text\n2,b\n");
        Reading reading = Reading.of(new FileSource(
                folder,
                LineFormat.of(FileFormat.CSV, ROWS),
                new InputSettings(InputSettings.Order.BY_TIME, Optional.empty())));

        // when
        reading.poll(1);

        // then
        assertThat(reading.begun).containsExactly("a.csv");
        assertThat(reading.all().values("id")).containsExactly("1", "2");
    }

    @Test
    void when_files_have_no_header_then_columns_are_those_that_are_named() throws Exception {
        // given
        write("a.csv", "x,1,a\ny,2,b\n");

        // when
        Reading reading = Reading.of(FileSource.csv(folder, ROWS).columns(List.of("skipped", "id", "text")))
                .all();

        // then
        assertThat(reading.values("id")).containsExactly("1", "2");
    }

    @Test
    void when_lines_are_restored_at_any_cut_then_each_comes_once() throws Exception {
        // given
        Path file = write("a.txt.gz", "\uFEFFone\n\ntwo\r\nthree\n\nfour");
        for (int cut = 1; cut <= 7; cut++) {
            Reading first = Reading.of(FileSource.text(file));
            first.poll(cut);

            // when
            Reading second =
                    Reading.of(FileSource.text(file), 0, 1, first.positions()).all();

            // then
            List<Object> lines = first.values("line");
            lines.addAll(second.values("line"));
            assertThat(lines).containsExactly("one", "", "two", "three", "", "four");
        }
    }

    static RowType rows(Object... namesAndTypes) {
        List<RowType.Column> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new RowType.Column((String) namesAndTypes[i], (Schema) namesAndTypes[i + 1]));
        }
        return new RowType(columns);
    }

    /** Records of all lengths, quoted ones with line ends and quotes among them. */
    private static String content(Random random, List<String> expected, int records) {
        StringBuilder csv = new StringBuilder("id,text\r\n");
        for (int i = 0; i < records; i++) {
            String text = "t" + "é".repeat(random.nextInt(random.nextInt(20) == 0 ? 500 : 5));
            boolean quoted = random.nextInt(5) == 0;
            text = quoted ? text + "\r\n\"," + i : text;
            long id = random.nextLong();
            csv.append(id).append(',');
            csv.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text)
                    .append(random.nextBoolean() ? "\n" : "\r\n");
            expected.add(Row.of(ROWS, id, text).toString());
        }
        return csv.toString();
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
