package stream.weir.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.connector.files.FileSourceIT.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;
import stream.weir.api.source.SourceReader.Status;

/** What is remembered of the files of a folder that is watched for ever. */
class WatchedFolderIT {
    private static final RowType ROWS = rows("id", Primitive.INT64);
    private static final int MARKS = 128;

    private Instant now = Instant.parse("2024-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private Reading open(int replica, int replicas, Map<String, Bytes> restored) throws Exception {
        return Reading.of(
                FileSource.csv(folder, ROWS).watching(Duration.ofMinutes(1)), replica, replicas, restored, () -> now);
    }

    /** Looks again and reads what there is. */
    private Reading later(Reading reading, Duration time) throws Exception {
        now = now.plus(time);
        return reading.all();
    }

    private void write(String name, long id, Instant modified) throws IOException {
        Path file = Files.writeString(folder.resolve("." + name), "id\n" + id + "\n");
        Files.setLastModifiedTime(file, FileTime.from(modified));
        Files.move(file, folder.resolve(name));
    }

    private static long names(Map<String, Bytes> positions) {
        return positions.keySet().stream().filter(name -> name.endsWith(".csv")).count();
    }

    @Test
    void when_files_come_for_ever_then_positions_stay_few_and_each_file_is_read_once() throws Exception {
        // given
        Random random = new Random(7);
        Map<String, Bytes> positions = Map.of();
        List<Object> read = new ArrayList<>();
        List<Object> expected = new ArrayList<>();

        // when
        for (int day = 0; day < 60; day++) {
            int replicas = 1 + random.nextInt(4);
            for (int i = 0; i < 3; i++) {
                write("d" + day + "-" + i + ".csv", day * 10 + i, now.plusSeconds(i));
                expected.add(String.valueOf(day * 10 + i));
            }
            Map<String, Bytes> taken = new HashMap<>();
            for (int replica = 0; replica < replicas; replica++) {
                try (Reading reading = open(replica, replicas, positions)) {
                    read.addAll(later(reading, Duration.ZERO).values("id"));
                    later(reading, Duration.ofMinutes(1));
                    assertThat(reading.malformed).isEmpty();
                    taken.putAll(reading.positions());
                }
            }
            positions = taken;
            now = now.plus(Duration.ofDays(1));
            // then
            assertThat(names(positions)).isLessThanOrEqualTo(3 * 8);
            assertThat(positions).hasSizeLessThanOrEqualTo(3 * 8 + MARKS);
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void when_a_file_comes_that_is_older_than_what_is_remembered_then_it_is_refused_once_and_read_when_touched()
            throws Exception {
        // given
        write("new.csv", 1, now);
        Reading reading = open(0, 1, Map.of()).all();

        // when
        write("old.csv", 2, now.minus(Duration.ofDays(8)));
        write("young.csv", 3, now.minus(Duration.ofDays(6)));
        later(reading, Duration.ofMinutes(1));
        later(reading, Duration.ofMinutes(1));

        // then
        assertThat(reading.values("id")).containsExactly("1", "3");
        assertThat(reading.malformed).singleElement().asString().startsWith("old.csv the file came too late");
        Files.setLastModifiedTime(folder.resolve("old.csv"), FileTime.from(now));
        assertThat(later(reading, Duration.ofMinutes(1)).values("id")).containsExactly("1", "3", "2");
    }

    @Test
    void when_a_late_file_came_while_nobody_looked_then_the_next_run_says_so_once() throws Exception {
        // given
        write("a.csv", 1, now.minus(Duration.ofDays(9)));
        write("b.csv", 2, now);
        Map<String, Bytes> positions = read(Map.of()).positions();
        assertThat(names(positions)).isEqualTo(1);

        // when
        write("late.csv", 3, now.minus(Duration.ofDays(8)));
        Reading second = read(positions);
        Reading third = read(second.positions());

        // then
        assertThat(second.rows).isEmpty();
        assertThat(second.malformed).singleElement().asString().contains("1 files of those modified more than PT168H");
        assertThat(third.malformed).isEmpty();
    }

    /** Reads, and looks once more. */
    private Reading read(Map<String, Bytes> positions) throws Exception {
        return later(open(0, 1, positions).all(), Duration.ofMinutes(1));
    }

    @Test
    void when_read_files_are_taken_away_then_they_are_forgotten_in_time() throws Exception {
        // given
        write("a.csv", 1, now);
        Reading reading = open(0, 1, Map.of()).all();
        Files.delete(folder.resolve("a.csv"));

        // when
        write("b.csv", 2, now.plus(Duration.ofDays(8)));
        later(reading, Duration.ofMinutes(1));
        later(reading, Duration.ofMinutes(1));

        // then
        assertThat(reading.values("id")).containsExactly("1", "2");
        assertThat(reading.positions()).doesNotContainKey("a.csv").containsKey("b.csv");
    }

    @Test
    void when_a_checkpoint_of_an_older_release_is_restored_then_it_goes_on() throws Exception {
        // given
        write("a.csv", 1, now.minus(Duration.ofDays(30)));
        write("b.csv", 2, now);
        write("c.csv", 3, now);

        // when
        Reading reading = read(Map.of("a.csv", position(true, 5, 3), "b.csv", position(false, 0, 1)));

        // then
        assertThat(reading.values("id")).containsExactly("2", "3");
        assertThat(reading.poll(1)).isEqualTo(Status.IDLE);
        assertThat(reading.positions()).doesNotContainKey("a.csv").containsKeys("b.csv", "c.csv");
    }

    /** Of version 1, as 0.1 wrote it. */
    private static Bytes position(boolean finished, long offset, long line) {
        ByteWriter out = new ByteWriter();
        out.writeByte(1);
        out.writeBoolean(finished);
        out.writeVarLong(offset);
        out.writeVarLong(line);
        out.writeVarInt(0);
        return Bytes.of(out.toByteArray());
    }
}
