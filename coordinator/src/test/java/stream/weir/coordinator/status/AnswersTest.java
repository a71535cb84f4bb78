package stream.weir.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.control.ReplicaId;

/** Whom a checkpoint waits for. */
class AnswersTest {
    private static final ReplicaId FIRST = new ReplicaId("totals", 0);
    private static final ReplicaId SECOND = new ReplicaId("totals", 1);

    private final Answers answers = new Answers();

    @Test
    void when_replicas_have_not_answered_then_they_are_named() {
        // given
        answers.begun(7, List.of(FIRST, SECOND));
        // when
        answers.add(7, FIRST);
        // then
        assertThat(answers.missing(7)).isEqualTo("waits for stage totals replica 1; 1 of 2 have answered");
    }

    @Test
    void when_all_have_answered_then_the_manifest_is_what_is_missing() {
        // given
        answers.begun(7, List.of(FIRST));
        // when
        answers.add(7, FIRST);
        // then
        assertThat(answers.missing(7)).contains("its manifest is being stored");
    }

    @Test
    void when_a_checkpoint_has_ended_then_nothing_is_known_of_it_and_those_before() {
        // given
        answers.begun(6, List.of(FIRST));
        answers.begun(7, List.of(FIRST));
        // when
        answers.ended(7);
        // then
        assertThat(answers.missing(6)).isEmpty();
        assertThat(answers.missing(7)).isEmpty();
    }
}
