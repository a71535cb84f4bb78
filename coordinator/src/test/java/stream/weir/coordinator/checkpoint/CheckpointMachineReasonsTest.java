package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.coordinator.checkpoint.Scenario.DURABLE;
import static stream.weir.coordinator.checkpoint.Scenario.config;

import org.junit.jupiter.api.Test;
import stream.weir.coordinator.checkpoint.Command.Stop.Wanted;

/** The word and the sentence that each change of state is logged with. */
class CheckpointMachineReasonsTest {
    @Test
    void when_a_replica_fails_then_each_step_of_the_recovery_has_its_word() {
        Scenario s = Scenario.running();

        s.fail("count-1").pass(2).answerRun(DURABLE);

        assertThat(s.reasons())
                .containsExactly(
                        "REPLICA_FAILED: replica count-1 failed: boom",
                        "DELAY_OVER: run 4 from checkpoint 0",
                        "RUN_OPENED: replica count-1 failed: boom");
    }

    @Test
    void when_a_process_is_lost_then_the_word_is_another_than_for_a_failure() {
        Scenario s = Scenario.running();

        s.tell(new Command.ReplicaLost(s.fence().run(), Scenario.replica("count-1"), "its node is gone"));

        assertThat(s.reasons()).containsExactly("REPLICA_LOST: replica count-1 was lost: its node is gone");
    }

    @Test
    void when_other_replicas_are_wanted_then_the_recovery_says_that_nothing_was_lost() {
        Scenario s = Scenario.running();

        s.reshape(3).pass(1).checkpoint(1);

        assertThat(s.reasons()).first().asString().startsWith("OTHER_REPLICAS: other replicas: ");
    }

    @Test
    void when_a_job_fails_for_good_then_the_word_is_why_it_failed() {
        Scenario s = Scenario.running(config(1, 0, 0));

        s.fail("count-1");

        assertThat(s.reasons()).singleElement().asString().startsWith("RESTARTS_EXHAUSTED: 0 restarts");
    }

    @Test
    void when_the_input_is_over_then_the_words_say_so() {
        Scenario s = Scenario.running();

        s.finish().checkpoint(1);

        assertThat(s.reasons())
                .containsExactly(
                        "INPUT_FINISHED: all replicas have finished", "OUTPUT_COMMITTED: all output is committed");
    }

    @Test
    void when_a_stop_cannot_wait_for_its_checkpoint_then_the_words_say_who_wanted_it_and_why_there_is_none() {
        Scenario s = Scenario.running();

        s.tell(new Command.Stop(Wanted.CHECKPOINT)).pass(61);

        assertThat(s.reasons())
                .containsExactly(
                        "STOP_REQUESTED: asked to stop",
                        "DEADLINE_REACHED: without a last checkpoint, which was not complete within PT1M");
    }
}
