package stream.weir.coordinator.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;

/** Before a run with other replicas begins, its processes fetch what they will need; that is never more than a help. */
class PreparationTest {
    private static final PipelineDescription PRESENT = Members.pipeline();

    private final Members members = new Members();

    @Test
    void when_further_replicas_are_wanted_then_processes_whose_range_changes_prepare_before_the_run_ends() {
        members.running().completed(4).spare("c3").forget();

        assertThat(members.scale("count", 3).effects())
                .containsExactly(
                        "prepares for {read=1, count=3}",
                        "c1 prepare 1 in run 1 for [4/0], groups 0 to 42",
                        "c2 prepare 1 in run 1 for [4/0, 4/1], groups 43 to 85",
                        "c3 prepare 1 in run 1 for [4/1], groups 86 to 127",
                        wanted(3, "count 2 -> 3: " + fetched("0 of 3", 4)));
        assertThat(members.prepared("c3", 1).prepared("c1", 1).effects())
                .containsExactly(
                        wanted(3, "count 2 -> 3: " + fetched("1 of 3", 4)),
                        wanted(3, "count 2 -> 3: " + fetched("2 of 3", 4)));
        assertThat(members.prepared("c2", 1).effects()).containsExactly("possible {read=1, count=3}", wanted(3, ""));
    }

    @Test
    void when_fewer_replicas_are_wanted_then_those_that_stay_prepare_what_they_take_over() {
        members.running().completed(4).forget();

        assertThat(members.scale("count", 1).effects())
                .containsExactly(
                        "prepares for {read=1, count=1}",
                        "c1 prepare 1 in run 1 for [4/0, 4/1], groups 0 to 127",
                        fetches("0 of 1", 4));
    }

    @Test
    void when_processes_of_another_revision_take_over_then_they_prepare_and_stages_that_stay_do_not() {
        PipelineDescription changed = new PipelineDescription(
                "orders",
                List.of(new StageDescription("read", 1, false), new StageDescription("count", 2, false, "r2")));
        members.last(PRESENT).wants(changed).leads(4);
        members.connect("r1").holds("r1", 4, "read-0", 9).connect("c1").holds("c1", 4, "count-0", 9);
        members.connect("c2").holds("c2", 4, "count-1", 9).guest("d1", "r2");
        members.completed(9).goesOn().forget();

        assertThat(members.guest("d2", "r2").effects())
                .containsExactly(
                        "prepares for {read=1, count=2}",
                        "d1 prepare 1 in run 4 for [9/0], groups 0 to 63",
                        "d2 prepare 1 in run 4 for [9/1], groups 64 to 127",
                        wanted(2, "count changed: " + fetched("0 of 2", 9)));
    }

    @Test
    void when_there_is_no_checkpoint_yet_then_nothing_is_waited_for() {
        members.running().spare("c3").forget();

        assertThat(members.scale("count", 3).effects()).contains("possible {read=1, count=3}");
    }

    @Test
    void when_newer_checkpoints_are_complete_then_what_is_new_is_prepared_but_not_without_end() {
        preparing();

        for (int number = 1; number < 3; number++) {
            assertThat(members.completed(4 + number).effects()).isEmpty();
            assertThat(members.prepared("c1", number).effects())
                    .containsExactly(
                            "c1 prepare " + (number + 1) + " in run 1 for [" + (4 + number) + "/0, " + (4 + number)
                                    + "/1], groups 0 to 127",
                            fetches("0 of 1", 4 + number));
        }
        assertThat(members.completed(7).prepared("c1", 3).effects())
                .containsExactly("possible {read=1, count=1}", wanted(1, ""));
    }

    @Test
    void when_an_answer_is_to_an_earlier_request_then_it_counts_for_nothing() {
        preparing().completed(5).prepared("c1", 1).forget();

        assertThat(members.prepared("c1", 1).effects()).isEmpty();
        assertThat(members.prepared("c1", 2).effects()).containsExactly("possible {read=1, count=1}", wanted(1, ""));
    }

    @Test
    void when_a_process_does_not_answer_then_patience_is_over_at_last_in_whichever_round() {
        preparing().pass(60_000).completed(5).prepared("c1", 1).forget();

        assertThat(members.pass(59_000).effects()).isEmpty();
        assertThat(members.pass(1_000).effects()).containsExactly("possible {read=1, count=1}", wanted(1, ""));
        assertThat(members.prepared("c1", 2).pass(600_000).effects()).isEmpty();
    }

    @Test
    void when_a_process_that_prepares_is_lost_then_it_is_not_waited_for() {
        members.running().completed(4).spare("c3", "c4").scale("count", 3).forget();
        members.prepared("c1", 1).prepared("c2", 1).forget();

        assertThat(members.goodbye("c3").effects()).containsExactly("possible {read=1, count=3}", wanted(3, ""));
    }

    @Test
    void when_a_process_that_prepares_is_lost_and_others_are_waited_for_then_it_counts_as_neither_asked_nor_answered() {
        members.running().completed(4).spare("c3", "c4").scale("count", 3).forget();

        assertThat(members.goodbye("c3").effects()).containsExactly(wanted(3, "count 2 -> 3: " + fetched("0 of 2", 4)));
        assertThat(members.prepared("c1", 1).effects())
                .containsExactly(wanted(3, "count 2 -> 3: " + fetched("1 of 2", 4)));
    }

    @Test
    void when_there_are_too_few_processes_again_then_nothing_is_waited_for_any_more() {
        members.running().completed(4).spare("c3").scale("count", 3).forget();

        assertThat(members.goodbye("c3").effects())
                .containsExactly(
                        "possible {read=1, count=2}",
                        wanted(3, "stage count has 2 of 3 replicas: waiting for processes"));
        assertThat(members.prepared("c1", 1).prepared("c2", 1).pass(600_000).effects())
                .isEmpty();
    }

    @Test
    void when_processes_come_and_go_then_patience_is_not_counted_anew() {
        members.running().completed(4).spare("c3").scale("count", 3).forget();

        members.pass(90_000).breaks("c3").connect("c3").holdsNothing("c3").forget();
        assertThat(members.pass(29_000).effects()).isEmpty();
        assertThat(members.pass(1_000).effects()).contains("possible {read=1, count=3}");
        members.breaks("c3").forget();
        assertThat(members.connect("c3").holdsNothing("c3").effects())
                .contains("possible {read=1, count=3}")
                .noneMatch(each -> each.contains("prepare "));
    }

    @Test
    void when_it_is_taken_back_then_those_who_were_asked_give_the_room_back() {
        members.running().completed(4).spare("c3").scale("count", 3).forget();

        assertThat(members.scale("count", 2).effects())
                .contains(
                        "possible {read=1, count=2}",
                        "c1 prepare 2 in run 1 for [], groups 0 to 0",
                        "c2 prepare 2 in run 1 for [], groups 0 to 0",
                        "c3 prepare 2 in run 1 for [], groups 0 to 0",
                        wanted(2, ""));
        assertThat(members.prepared("c1", 2).effects()).isEmpty();
        assertThat(members.pass(600_000).scale("count", 3).effects())
                .as("patience begins anew")
                .contains("c3 prepare 3 in run 1 for [4/1], groups 86 to 127");
    }

    @Test
    void when_another_number_is_wanted_meanwhile_then_what_that_needs_is_prepared() {
        preparing().spare("c3").forget();

        assertThat(members.scale("count", 3).effects())
                .contains("prepares for {read=1, count=3}", "c3 prepare 2 in run 1 for [4/1], groups 86 to 127");
        assertThat(members.prepared("c1", 1).effects()).isEmpty();
        assertThat(members.scale("count", 2).effects()).contains("possible {read=1, count=2}");
    }

    @Test
    void when_a_replica_comes_back_then_it_is_asked_again_unless_it_has_answered() {
        members.running().completed(4).spare("c3", "c4", "c5").scale("count", 3);
        members.prepared("c1", 1).breaks("c1").breaks("c2").forget();

        assertThat(members.connect("c1").holds("c1", 1, "count-0", 4).effects())
                .noneMatch(each -> each.contains("prepare"));
        assertThat(members.connect("c2").holds("c2", 1, "count-1", 4).effects())
                .contains("c2 prepare 1 in run 1 for [4/0, 4/1], groups 43 to 85");
    }

    @Test
    void when_a_process_without_which_there_are_too_few_comes_back_then_all_are_asked_anew() {
        members.running()
                .completed(4)
                .spare("c3")
                .scale("count", 3)
                .breaks("c3")
                .forget();

        assertThat(members.connect("c3").holdsNothing("c3").effects())
                .contains("prepares for {read=1, count=3}", "c3 prepare 2 in run 1 for [4/1], groups 86 to 127");
        assertThat(members.prepared("c1", 2).prepared("c2", 2).prepared("c3", 1).effects())
                .endsWith(wanted(3, "count 2 -> 3: " + fetched("2 of 3", 4)))
                .noneMatch(each -> each.startsWith("possible"));
        assertThat(members.prepared("c3", 2).effects()).containsExactly("possible {read=1, count=3}", wanted(3, ""));
    }

    @Test
    void when_the_run_ends_meanwhile_then_the_next_one_begins_and_nobody_waits() {
        preparing();

        assertThat(members.restarts(2, PRESENT.with(Map.of("count", 1))).effects())
                .contains("c1 assign count-0 of run 2 in {count=1, read=1}", wanted(1, ""))
                .noneMatch(each -> each.contains("prepare"));
        assertThat(members.pass(600_000).effects()).isEmpty();
    }

    @Test
    void when_another_coordinator_goes_on_with_the_run_then_it_asks_anew() {
        members.last(PRESENT).leads(4);
        members.connect("r1").holds("r1", 4, "read-0", 9).connect("c1").holds("c1", 4, "count-0", 9);
        members.connect("c2").holds("c2", 4, "count-1", 9);
        members.completed(9).goesOn().forget();

        assertThat(members.prepared("c1", 1).effects())
                .as("of the coordinator before")
                .isEmpty();
        assertThat(members.scale("count", 1).effects())
                .contains("c1 prepare 1 in run 4 for [9/0, 9/1], groups 0 to 127");
    }

    /** What the status is to say. */
    private static String wanted(int count, String waiting) {
        return "wanted {read=1, count=" + count + "} [" + waiting + "]";
    }

    private static String fetched(String processes, long checkpoint) {
        return "before the next run processes fetch what they will need of checkpoint " + checkpoint + ": " + processes
                + " have answered; they are waited for 2m at most";
    }

    /** Of {@link #preparing}. */
    private static String fetches(String processes, long checkpoint) {
        return wanted(1, "count 2 -> 1: " + fetched(processes, checkpoint));
    }

    /** One replica of count is wanted, c1 was asked to prepare. */
    private Members preparing() {
        return members.running().completed(4).scale("count", 1).forget();
    }
}
