package stream.weir.runtime.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.protocol.checkpoint.CheckpointKind;

final class ExactlyOnceAlignmentTest extends ExactlyOnceContract {
    @Override
    HeldFrames held(int inputs) {
        return FramesInMemory.forInputs(inputs);
    }

    @Test
    void when_frames_are_held_in_memory_then_their_credit_comes_back_only_when_they_are_processed() {
        AlignmentScript script = script(2, -1);

        script.play("0:B1 0:a 1:b");
        assertThat(script.consumed()).isEqualTo("0:B1 1:b");

        script.play("1:B1");
        assertThat(script.consumed()).isEqualTo("0:B1 1:b 1:B1 0:a");
    }

    @Test
    void when_a_checkpoint_is_declined_then_the_detail_says_how_far_it_was() {
        ExactlyOnceAlignment alignment = new ExactlyOnceAlignment(3, 150);
        alignment.on(new AlignmentEvent.BarrierArrived(0, 7, CheckpointKind.PERIODIC));

        assertThat(alignment.on(new AlignmentEvent.FrameHeld(0, 160)).getFirst())
                .asString()
                .contains("160 bytes were held back while checkpoint 7 had arrived on 1 of 3 open inputs")
                .contains("alignment.maxBytes allows 150");
    }

    @Test
    void when_a_checkpoint_aligns_then_it_is_named() {
        ExactlyOnceAlignment alignment = new ExactlyOnceAlignment(2, -1);

        assertThat(alignment.aligning()).isEmpty();
        alignment.on(new AlignmentEvent.BarrierArrived(0, 7, CheckpointKind.PERIODIC));
        assertThat(alignment.aligning()).hasValue(7);
        alignment.on(new AlignmentEvent.BarrierArrived(1, 7, CheckpointKind.PERIODIC));
        assertThat(alignment.aligning()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -2, Long.MIN_VALUE})
    void when_the_limit_is_neither_minus_1_nor_positive_then_the_key_is_named(long maxBytes) {
        assertThatThrownBy(() -> new ExactlyOnceAlignment(2, maxBytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "alignment.maxBytes is " + maxBytes + ": it is -1 (no limit) or a positive number of bytes");
    }
}
