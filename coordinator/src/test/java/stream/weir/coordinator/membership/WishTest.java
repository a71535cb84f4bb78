package stream.weir.coordinator.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;

/** Other replicas than the present ones are wanted: more or fewer, or of another revision. */
class WishTest {
    private static final PipelineDescription PRESENT = Members.pipeline();
    private static final PipelineDescription CHANGED = new PipelineDescription(
            "orders", List.of(new StageDescription("read", 1, false), new StageDescription("count", 2, false, "r2")));

    private final Members members = new Members();

    @Test
    void when_there_is_a_process_for_a_further_replica_then_it_is_possible_and_the_next_run_has_it() {
        members.running().spare("c3").forget();

        assertThat(members.scale("count", 3).effects())
                .containsExactly("possible {read=1, count=3}", "wanted {read=1, count=3} []");
        assertThat(members.restarts(2, PRESENT.with(Map.of("count", 3))).effects())
                .contains(
                        "r1 assign read-0 of run 2 in {count=3, read=1}",
                        "c1 assign count-0 of run 2 in {count=3, read=1}",
                        "c3 assign count-2 of run 2 in {count=3, read=1}");
    }

    @Test
    void when_other_replicas_are_asked_for_before_a_term_begins_then_they_are_wanted_in_it() {
        members.scale("count", 3).running().forget();

        assertThat(members.spare("c3").effects()).contains("possible {read=1, count=3}");
    }

    @Test
    void when_fewer_are_asked_for_before_there_was_a_run_then_the_first_one_begins_with_these() {
        members.leads(0).spare("r1", "c1").forget();

        assertThat(members.scale("count", 1).effects())
                .contains("broken for {read=1, count=1}: there is no run yet", "waiting []");
    }

    @Test
    void when_more_are_asked_for_before_a_term_without_a_run_begins_then_the_first_one_waits_for_them() {
        members.scale("count", 3).leads(0);
        assertThat(members.spare("r1", "c1", "c2").effects())
                .endsWith("waiting [stage count has 2 of 3 replicas: waiting for processes]")
                .noneMatch(each -> each.startsWith("broken"));

        assertThat(members.spare("c3").effects()).contains("broken for {read=1, count=3}: there is no run yet");
    }

    @Test
    void when_a_process_is_missing_then_it_is_waited_for_and_the_run_goes_on() {
        members.running();

        assertThat(members.scale("count", 3).effects())
                .containsExactly("wanted {read=1, count=3} [stage count has 2 of 3 replicas: waiting for processes]");
        assertThat(members.spare("c3").effects())
                .containsExactly("possible {read=1, count=3}", "wanted {read=1, count=3} []");
    }

    @Test
    void when_a_process_goes_before_the_next_run_begins_then_it_is_possible_no_longer() {
        members.running().spare("c3").scale("count", 3).forget();

        assertThat(members.goodbye("c3").effects()).contains("possible {read=1, count=2}");
        assertThat(members.spare("c4").effects()).contains("possible {read=1, count=3}");
    }

    @Test
    void when_fewer_are_wanted_then_the_surplus_process_waits() {
        members.running().scale("count", 1).forget();

        assertThat(members.restarts(2, PRESENT.with(Map.of("count", 1))).effects())
                .containsExactlyInAnyOrder(
                        "r1 assign read-0 of run 2 in {count=1, read=1}",
                        "c1 assign count-0 of run 2 in {count=1, read=1}",
                        "c2 release from run 1");
    }

    @Test
    void when_it_is_asked_for_twice_then_it_is_said_once() {
        members.running().spare("c3").scale("count", 3).forget();

        assertThat(members.scale("count", 3).effects()).isEmpty();
    }

    @Test
    void when_a_run_begins_with_what_was_wanted_before_then_the_newer_wish_is_said_again() {
        members.running().spare("c3").scale("count", 3).scale("count", 1).forget();

        assertThat(members.restarts(2, PRESENT.with(Map.of("count", 3))).effects())
                .endsWith("possible {read=1, count=1}");
    }

    @Test
    void when_a_process_is_of_an_unknown_stage_or_revision_then_it_is_a_guest_and_gets_no_place() {
        members.running().forget();

        assertThat(members.guest("c7", "r2").goodbye("c1").effects())
                .containsExactly(
                        "lost count-0 of run 1", "waiting [stage count has 1 of 2 replicas: waiting for processes]");
        assertThat(members.pass(60_000).effects()).isEmpty();
    }

    @Test
    void when_the_last_run_was_begun_with_other_revisions_and_lives_then_it_goes_on_until_there_are_processes() {
        members.last(PRESENT).wants(CHANGED).leads(4);
        members.connect("r1").holds("r1", 4, "read-0", 9).connect("c1").holds("c1", 4, "count-0", 9);
        members.connect("c2").holds("c2", 4, "count-1", 9).guest("d1", "r2");

        assertThat(members.effects()).contains("unbroken, heard 9");
        assertThat(members.goesOn().effects())
                .contains("wanted {read=1, count=2} [stage count has 1 of 2 replicas: waiting for processes]")
                .noneMatch(each -> each.startsWith("possible"));
        assertThat(members.guest("d2", "r2").effects()).contains("possible {read=1, count=2}");
        assertThat(members.restarts(5, CHANGED).effects())
                .containsExactlyInAnyOrder(
                        "r1 assign read-0 of run 5 in {count=2, read=1}",
                        "d1 assign count-0 of run 5 in {count=2, read=1}",
                        "d2 assign count-1 of run 5 in {count=2, read=1}",
                        "c1 leave REPLACED",
                        "c2 leave REPLACED");
    }

    @Test
    void when_the_last_run_is_broken_and_there_are_processes_for_the_new_one_then_it_begins_with_these() {
        members.last(PRESENT).wants(CHANGED).leads(4);
        members.connect("r1").holds("r1", 4, "read-0", 9).connect("c1").holds("c1", 4, "count-0", 9);
        members.guest("d1", "r2").guest("d2", "r2").pass(4_000);

        assertThat(members.effects())
                .anyMatch(each -> each.startsWith("broken for {read=1, count=2, r2}: count-1 is held by 0 processes;"));
        assertThat(members.restarts(5, CHANGED).effects()).contains("c1 leave REPLACED");
    }

    @Test
    void when_the_last_run_is_broken_and_there_are_none_for_the_new_one_then_the_old_one_is_mended() {
        members.last(PRESENT).wants(CHANGED).leads(4);
        members.connect("r1").holds("r1", 4, "read-0", 9).connect("c1").holds("c1", 4, "count-0", 9);
        members.guest("d1", "r2").spare("c3").pass(4_000);

        assertThat(members.effects())
                .anyMatch(each -> each.startsWith("broken for {read=1, count=2}: count-1 is held by 0 processes;"));
        assertThat(members.restarts(5, PRESENT).effects()).contains("c3 assign count-1 of run 5 in {count=2, read=1}");
    }
}
