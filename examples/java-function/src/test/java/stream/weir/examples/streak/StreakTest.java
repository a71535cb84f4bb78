package stream.weir.examples.streak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Schema;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.RowFunction;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.testkit.FunctionHarness;
import stream.weir.testkit.KeyedHarness;

class StreakTest {
    private static final RowType KEY = new RowType(List.of(new RowType.Column("carrier", Schema.Primitive.STRING)));
    private static final RowType FLIGHT = new RowType(List.of(
            new RowType.Column("carrier", Schema.Primitive.STRING),
            new RowType.Column("delay", Schema.Primitive.DOUBLE)));

    private static RowFunction.Keyed streakOf(long length) {
        Options config = new Options(Map.of("field", "delay", "above", 60.0, "length", length));
        return (RowFunction.Keyed) new StreakFactory().create(List.of(FLIGHT), config);
    }

    private static Row key(String carrier) {
        return Row.of(KEY, carrier);
    }

    private static Row flight(String carrier, @Nullable Double delay) {
        return Row.of(FLIGHT, carrier, delay);
    }

    @Test
    void when_as_many_in_a_row_are_high_then_the_last_of_them_is_emitted() throws Exception {
        RowFunction.Keyed streak = streakOf(2);
        try (KeyedHarness<Row, Row, Row> harness = FunctionHarness.keyed(RowCodec.of(KEY), streak.function())) {
            // when
            harness.record(key("AA"), flight("AA", 61.0), 1)
                    .record(key("UA"), flight("UA", 99.0), 2)
                    .record(key("AA"), flight("AA", null), 3)
                    .record(key("AA"), flight("AA", 70.0), 4)
                    .record(key("UA"), flight("UA", 60.0), 5)
                    .record(key("UA"), flight("UA", 99.0), 6);
            // then
            assertThat(harness.outputs()).containsExactly(Row.of(streak.output(), "AA", 70.0, 2L));
        }
    }

    @Test
    void when_the_field_is_not_there_then_the_message_says_what_there_is() {
        Options config = new Options(Map.of("field", "dealy", "above", 60.0, "length", 3L));

        assertThatThrownBy(() -> new StreakFactory().create(List.of(FLIGHT), config))
                .hasMessageContaining("no field dealy of type double")
                .hasMessageContaining("delay");
    }
}
