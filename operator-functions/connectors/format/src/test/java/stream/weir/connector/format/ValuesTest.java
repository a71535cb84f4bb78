package stream.weir.connector.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;

class ValuesTest {
    private static Object parse(Primitive type, String text) throws MalformedRecordException {
        byte[] bytes = ("," + text + ",").getBytes(StandardCharsets.UTF_8);
        return FieldParsers.of(type, "v").parse(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "+7,7",
        "007,7",
        "' 42 ',42",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808",
        "0000000000000000000000000001,1"
    })
    void when_text_is_an_int_then_it_is_read(String text, long value) throws Exception {
        assertThat(parse(Primitive.INT64, text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "1 2",
                "1.0",
                "0x1",
                "1e3",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999",
                "--1",
                "NA"
            })
    void when_text_is_no_int_then_it_is_refused(String text) {
        assertThatThrownBy(() -> parse(Primitive.INT64, text)).isInstanceOf(MalformedRecordException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1.5",
                "-1.5",
                "+2",
                ".5",
                "5.",
                "1e3",
                "1E-7",
                "1.7976931348623157E308",
                "4.9E-324",
                "0.1",
                "123456789012345678",
                "0.000000000000000000000000000001",
                "NaN",
                "Infinity",
                "-Infinity",
                "10.357019999999999"
            })
    void when_text_is_a_double_then_it_is_the_one_java_reads(String text) throws Exception {
        assertThat(parse(Primitive.DOUBLE, text)).isEqualTo(Double.valueOf(text));
    }

    @Test
    void when_doubles_are_printed_and_read_then_they_are_the_same() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : Math.round(random.nextDouble() * 1e7) / 1e3;
            assertThat(parse(Primitive.DOUBLE, ScalarText.of(value))).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-", "1d", "1f", "0x1p3", "1e", "1e+", "1.2.3", "1,5", "e5", "na", "1e1234567890"})
    void when_text_is_no_double_then_it_is_refused(String text) {
        assertThatThrownBy(() -> parse(Primitive.DOUBLE, text)).isInstanceOf(MalformedRecordException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2013-01-01T10:00:00Z,2013-01-01T10:00:00Z",
        "2013-01-01T10:00:00.5Z,2013-01-01T10:00:00.5Z",
        "2013-01-01T10:00:00.123456789z,2013-01-01T10:00:00.123456789Z",
        "2013-01-01T10:00Z,2013-01-01T10:00:00Z",
        "2013-01-01 10:00:00,2013-01-01T10:00:00Z",
        "2013-01-01T10:00:00+02:00,2013-01-01T08:00:00Z",
        "2013-01-01T10:00:00-0530,2013-01-01T15:30:00Z",
        "2013-01-01T10:00:00+01,2013-01-01T09:00:00Z",
        "2013-01-01,2013-01-01T00:00:00Z",
        "2012-02-29,2012-02-29T00:00:00Z",
        "2000-02-29,2000-02-29T00:00:00Z",
        "0000-01-01,0000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z,+10000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59Z,-0001-12-31T23:59:59Z"
    })
    void when_text_is_a_timestamp_then_it_is_read(String text, String instant) throws Exception {
        assertThat(parse(Primitive.TIMESTAMP, text)).isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2013",
                "2013-1-1",
                "2013-13-01",
                "2013-00-01",
                "2013-02-29",
                "1900-02-29",
                "2013-01-32",
                "2013-01-01T",
                "2013-01-01T10",
                "2013-01-01T24:00:00Z",
                "2013-01-01T10:60:00Z",
                "2013-01-01T10:00:60Z",
                "2013-01-01T10:00:00.Z",
                "2013-01-01T10:00:00.1234567890Z",
                "2013-01-01T10:00:00X",
                "2013-01-01T10:00:00+2",
                "2013-01-01T10:00:00+02:",
                "2013-01-01T10:00:00+19:00",
                "2013-01-01T10:00:0",
                "2013-01-01T10:00:00Z ago",
                "20130101"
            })
    void when_text_is_no_timestamp_then_it_is_refused(String text) {
        assertThatThrownBy(() -> parse(Primitive.TIMESTAMP, text)).isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void when_instants_are_printed_then_they_look_as_java_writes_them_and_are_read_back() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-62_200_000_000L, 253_500_000_000L),
                    i % 4 == 0 ? random.nextInt(1_000_000_000) : 0);
            assertThat(TimestampText.of(instant)).isEqualTo(instant.toString());
            assertThat(parse(Primitive.TIMESTAMP, instant.toString())).isEqualTo(instant);
        }
    }

    @Test
    void when_text_is_a_bool_or_bytes_then_it_is_read() throws Exception {
        for (String text : List.of("true", "TRUE", "True", " true ")) {
            assertThat(parse(Primitive.BOOL, text)).isEqualTo(true);
        }
        assertThat(parse(Primitive.BOOL, "False")).isEqualTo(false);
        assertThat(parse(Primitive.BYTES, "AQID")).isEqualTo(Bytes.of((byte) 1, (byte) 2, (byte) 3));
        assertThatThrownBy(() -> parse(Primitive.BYTES, "A")).hasMessageContaining("Base64");
    }
}
