package stream.weir.examples.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Schema;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.RowFunction;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.testkit.FunctionHarness;
import stream.weir.testkit.TwoInputHarness;

class SettleTest {
    private static final RowType KEY = new RowType(List.of(new RowType.Column("id", Schema.Primitive.INT64)));
    private static final RowType ORDER = new RowType(List.of(
            new RowType.Column("id", Schema.Primitive.INT64), new RowType.Column("cents", Schema.Primitive.INT64)));
    private static final RowType PAYMENT = new RowType(List.of(new RowType.Column("order", Schema.Primitive.INT64)));

    private final RowFunction.TwoInput settle = (RowFunction.TwoInput)
            new SettleFactory().create(List.of(ORDER, PAYMENT), new Options(Map.of("patience", Duration.ofMillis(30))));

    @Test
    void when_an_order_is_paid_in_time_then_it_is_paid_whichever_came_first() throws Exception {
        try (TwoInputHarness<Row, Row, Row, Row> harness = harness()) {
            // when
            harness.left(key(1), order(1), 100)
                    .right(key(2), payment(2), 101)
                    .right(key(1), payment(1), 120)
                    .left(key(2), order(2), 125)
                    .watermark(1_000);
            // then
            assertThat(harness.outputs()).containsExactly(settled(1, "paid"), settled(2, "paid"));
        }
    }

    @Test
    void when_the_patience_is_over_then_the_order_is_unpaid_and_a_late_payment_changes_nothing() throws Exception {
        try (TwoInputHarness<Row, Row, Row, Row> harness = harness()) {
            // when
            harness.left(key(1), order(1), 100)
                    .watermark(129)
                    .watermark(130)
                    .right(key(1), payment(1), 140)
                    .watermark(1_000);
            // then
            assertThat(harness.outputs()).containsExactly(settled(1, "unpaid"));
        }
    }

    @Test
    void when_a_payment_is_late_by_event_time_then_it_does_not_count_however_early_it_is_read() throws Exception {
        try (TwoInputHarness<Row, Row, Row, Row> harness = harness()) {
            // when
            harness.left(key(1), order(1), 100)
                    .right(key(1), payment(1), 131)
                    .right(key(2), payment(2), 100)
                    .left(key(2), order(2), 131)
                    .watermark(1_000);
            // then
            assertThat(harness.outputs()).containsExactlyInAnyOrder(settled(1, "unpaid"), settled(2, "unpaid"));
        }
    }

    @Test
    void when_the_input_ends_then_orders_that_wait_are_unpaid() throws Exception {
        try (TwoInputHarness<Row, Row, Row, Row> harness = harness()) {
            // when
            harness.left(key(1), order(1), 100).right(key(7), payment(7), 100).endOfInput();
            // then
            assertThat(harness.outputs()).containsExactly(settled(1, "unpaid"));
        }
    }

    @Test
    void when_orders_have_the_field_that_is_added_then_the_message_says_so() {
        RowType taken = new RowType(List.of(new RowType.Column("status", Schema.Primitive.STRING)));

        assertThatThrownBy(() -> new SettleFactory()
                        .create(List.of(taken, PAYMENT), new Options(Map.of("patience", Duration.ofMillis(30)))))
                .hasMessageContaining("a field status already");
    }

    private TwoInputHarness<Row, Row, Row, Row> harness() {
        return FunctionHarness.twoInput(RowCodec.of(KEY), settle.function());
    }

    private static Row key(long id) {
        return Row.of(KEY, id);
    }

    private static Row order(long id) {
        return Row.of(ORDER, id, id * 100);
    }

    private static Row payment(long id) {
        return Row.of(PAYMENT, id);
    }

    private Row settled(long id, String how) {
        return Row.of(settle.output(), id, id * 100, how);
    }
}
