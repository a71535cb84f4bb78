package stream.weir.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.connector.files.FileSourceIT.rows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;

/** Content that is damaged, or put together from parts. */
class DamagedContentIT {
    private static final RowType ROWS = rows("id", Primitive.INT64);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"0000fffe", "0000feff61", "00007b00", "feff007b", "80818283", "7b226964223a31ff7d", "7b00", "00"
            })
    void when_json_line_is_garbage_then_it_alone_is_malformed(String hex) throws Exception {
        // given
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("{\"id\":1}\n".getBytes(StandardCharsets.UTF_8));
        content.writeBytes(Bytes.fromHex(hex).toByteArray());
        content.writeBytes("\n{\"id\":2}\n".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("a.jsonl"), content.toByteArray());

        // when
        Reading reading = Reading.of(FileSource.jsonl(folder, ROWS)).all();

        // then
        assertThat(reading.values("id")).containsExactly("1", "2");
        assertThat(reading.malformed).singleElement().asString().startsWith("a.jsonl:2 ");
        assertThat(Bytes.of(reading.raw.getFirst()).toHex()).isEqualTo(hex);
    }

    @Test
    void when_gzip_has_several_members_then_all_are_read() throws Exception {
        // given
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (String part : new String[] {"id\n1\n2", "2\n3\n", "4\n"}) {
            try (GZIPOutputStream member = new GZIPOutputStream(content)) {
                member.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(folder.resolve("a.csv.gz"), content.toByteArray());

        // when
        Reading reading = Reading.of(FileSource.csv(folder, ROWS)).all();

        // then
        assertThat(reading.values("id")).containsExactly("1", "22", "3", "4");
    }
}
