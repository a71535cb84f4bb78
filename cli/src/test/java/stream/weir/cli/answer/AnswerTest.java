package stream.weir.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Values in each form in which a command answers. */
final class AnswerTest {
    private static final Value JOB = Value.fields()
            .with("phase", "RUNNING")
            .with("run", 7)
            .with("busy", Value.of(0.25))
            .with("word", "no")
            .with("detail", "stage a: waits")
            .with("none", Value.NOTHING)
            .with("empty", new Value.Items(List.of()))
            .with(
                    "stages",
                    new Value.Items(List.of(
                            Value.fields()
                                    .with("name", "a")
                                    .with(
                                            "lag",
                                            Value.fields().with("records", 3).build())
                                    .build(),
                            Value.of(true))))
            .build();

    @Test
    void when_a_value_is_written_as_json_then_it_is_read_back_as_it_was() throws Exception {
        // given
        String pretty = Json.pretty(JOB);
        String line = Json.line(JOB);
        // then
        assertThat(Json.read(pretty)).isEqualTo(JOB);
        assertThat(Json.read(line)).isEqualTo(JOB);
        assertThat(line).doesNotContain("\n");
    }

    @Test
    void when_a_value_is_written_as_yaml_then_texts_that_could_be_read_otherwise_are_quoted() {
        assertThat(Yaml.of(JOB)).isEqualTo("""
            phase: RUNNING
            run: 7
            busy: 0.25
            word: "no"
            detail: "stage a: waits"
            none: null
            empty: []
            stages:
              - name: a
                lag:
                  records: 3
              - true
            """);
    }

    @Test
    void when_something_is_not_there_then_it_reads_as_nothing() {
        assertThat(JOB.at("stages").at("name").at("x").isThere()).isFalse();
        assertThat(JOB.at("missing").whole()).isZero();
        assertThat(JOB.at("none").text()).isEmpty();
    }

    @Test
    void when_cells_differ_in_width_then_columns_stand_below_each_other() {
        assertThat(Table.of("STAGE", ">RECORDS")
                        .row("a", "12345678")
                        .row("a-long-one", "1")
                        .lines())
                .containsExactly("STAGE        RECORDS", "a           12345678", "a-long-one         1");
    }
}
