package stream.weir.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static stream.weir.connector.files.FileSourceIT.rows;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.CsvDialect;

/** Reads the data of the contract pipelines, where it is at hand: in the folder {@code shared} beside the checkout. */
class ContractDataIT {
    private static final CsvDialect DIALECT = new CsvDialect(',', List.of("", "NA"));

    private static Path data(String name) {
        Path file = Path.of(System.getProperty("weir.root", "."))
                .toAbsolutePath()
                .normalize()
                .resolveSibling("shared/contract/data")
                .resolve(name);
        assumeThat(file).as("skipped: " + file + " is not there").exists();
        return file;
    }

    @Test
    void when_flights_are_read_then_every_record_is_there() throws Exception {
        // given
        RowType rows = rows(
                "carrier",
                Primitive.STRING,
                "origin",
                Primitive.STRING,
                "dep_delay",
                Primitive.DOUBLE,
                "time_hour",
                Primitive.TIMESTAMP);

        // when
        Reading reading = Reading.of(
                        FileSource.csv(data("flights-january.csv.gz"), rows).dialect(DIALECT))
                .all();

        // then
        assertThat(reading.malformed).isEmpty();
        assertThat(reading.rows).hasSize(27_004);
        assertThat(reading.rows.stream().filter(row -> row.get("dep_delay") == null))
                .hasSize(521);
        assertThat(reading.rows.getFirst().get("time_hour")).isEqualTo(Instant.parse("2013-01-01T10:00:00Z"));
    }

    @Test
    void when_weather_is_read_then_every_record_is_there() throws Exception {
        // given
        RowType rows =
                rows("origin", Primitive.STRING, "wind_speed", Primitive.DOUBLE, "time_hour", Primitive.TIMESTAMP);

        // when
        Reading reading = Reading.of(
                        FileSource.csv(data("weather-january.csv.gz"), rows).dialect(DIALECT))
                .all();

        // then
        assertThat(reading.malformed).isEmpty();
        assertThat(reading.rows).hasSize(2_226);
    }
}
