package stream.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.cli.answer.Json;

/** Lines of logs as data. */
class LogLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        [pod/orders-count-7d9/stage] RUNNING: all open | {"pod":"orders-count-7d9","container":"stage","line":"RUNNING: all open"}
        [pod/orders-count-7d9/stage]                   | {"pod":"orders-count-7d9","container":"stage","line":""}
        [pod/a/b] [pod/c/d] [e]                        | {"pod":"a","container":"b","line":"[pod/c/d] [e]"}
        No resources found                             | {"line":"No resources found"}
        """)
    void when_a_line_has_its_pod_before_it_then_both_are_fields(String line, String expected) {
        assertThat(Json.line(LogLine.of(line))).isEqualTo(expected);
    }
}
