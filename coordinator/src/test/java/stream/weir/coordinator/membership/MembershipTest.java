package stream.weir.coordinator.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import stream.weir.protocol.control.FromInstance;

class MembershipTest {
    private static final String ALL = "{count=2, read=1}";

    private final Members members = new Members();

    @Test
    void when_there_was_no_run_then_it_waits_without_limit_and_says_for_whom() {
        members.leads(0).spare("r1", "c1");

        assertThat(members.pass(3_600_000).effects())
                .contains("waiting [stage count has 1 of 2 replicas: waiting for processes]")
                .doesNotContain("broken: there is no run yet");
        assertThat(members.spare("c2").effects()).containsExactly("broken: there is no run yet", "waiting []");
    }

    @Test
    void when_a_run_begins_then_whoever_has_a_replicas_files_is_that_one_and_routes_go_to_all() {
        members.leads(0)
                .spare("r1")
                .connect("c1")
                .hasFilesOf("c1", "count-1")
                .spare("c2")
                .forget();

        assertThat(members.restarts(1).all())
                .containsExactlyInAnyOrder(
                        "r1 assign read-0 of run 1 in " + ALL,
                        "c1 assign count-1 of run 1 in " + ALL,
                        "c2 assign count-0 of run 1 in " + ALL,
                        routes("r1"),
                        routes("c2"),
                        routes("c1"));
    }

    @Test
    void when_a_process_dies_then_the_loss_is_said_once_and_a_spare_takes_over_in_the_next_run() {
        members.running().spare("c3").forget();

        assertThat(members.breaks("c1").pass(499).effects())
                .containsExactly("waiting [stage count has 1 of 2 replicas: waiting for processes]");
        assertThat(members.pass(10_000).effects()).containsExactly("lost count-0 of run 1");
        assertThat(members.restarts(2).effects())
                .containsExactlyInAnyOrder(
                        "r1 assign read-0 of run 2 in " + ALL,
                        "c2 assign count-1 of run 2 in " + ALL,
                        "c3 assign count-0 of run 2 in " + ALL,
                        "waiting []");
    }

    @Test
    void when_a_process_says_goodbye_then_its_replica_is_lost_at_once() {
        members.running();

        assertThat(members.goodbye("c2").effects()).contains("lost count-1 of run 1");
    }

    @Test
    void when_no_spare_is_there_then_the_replica_waits_for_a_new_process() {
        members.running().goodbye("c1").restarts(2).forget();

        assertThat(members.spare("c9").effects()).containsExactly("c9 assign count-0 of run 2 in " + ALL, "waiting []");
    }

    @Test
    void when_a_connection_comes_back_in_time_then_nothing_is_lost_and_what_stands_is_said_again() {
        members.running()
                .complete(1)
                .trigger(2)
                .trigger(3)
                .breaks("c1")
                .abort(2)
                .trigger(4)
                .pass(400)
                .forget();

        members.connect("c1").holds("c1", 1, "count-0", 3);

        assertThat(members.all())
                .containsExactly(
                        "c1 came",
                        "c1 lead 7",
                        "c1 routes {count-0=c1:1, count-1=c2:1, read-0=r1:1}",
                        "c1 Complete 1",
                        "c1 Abort 2",
                        "c1 Trigger 3",
                        "c1 Trigger 4",
                        "waiting []");
        assertThat(members.pass(60_000).effects()).isEmpty();
    }

    @Test
    void when_a_checkpoint_is_complete_then_what_came_before_it_stands_no_more() {
        members.running()
                .trigger(2)
                .abort(2)
                .trigger(3)
                .complete(3)
                .breaks("c1")
                .forget();

        assertThat(members.connect("c1").holds("c1", 1, "count-0", 3).effects())
                .containsExactly("c1 Complete 3", "waiting []");
    }

    @Test
    void when_an_assignment_was_lost_with_its_connection_then_it_is_said_again() {
        members.leads(0).spare("r1", "c1", "c2").restarts(1).breaks("c1").forget();

        assertThat(members.connect("c1").holdsNothing("c1").effects())
                .containsExactly("c1 assign count-0 of run 1 in " + ALL, "waiting []");
    }

    @Test
    void when_a_process_comes_back_empty_then_its_replica_is_lost() {
        members.running().breaks("c1").forget();

        assertThat(members.connect("c1").hasFilesOf("c1", "count-0").effects()).contains("lost count-0 of run 1");
    }

    @Test
    void when_a_process_was_in_an_older_run_then_it_is_released_or_given_something() {
        members.running().connect("c3").holds("c3", 0, "count-1", 4);

        assertThat(members.effects()).contains("c3 release from run 0");
    }

    @Test
    void when_opened_is_said_twice_then_it_is_passed_on_once() {
        members.running();

        assertThat(members.opened("c1", "count-0").opened("c1", "count-0").effects())
                .isEmpty();
        assertThat(members.finished("c1", "count-0").effects()).containsExactly("pass Finished of count-0");
    }

    @Test
    void when_another_process_speaks_for_a_replica_then_it_is_not_heard() {
        members.running().spare("c3").forget();

        assertThat(members.finished("c3", "count-0").failed("c2", "count-0").effects())
                .isEmpty();
    }

    @Test
    void when_a_replica_failed_then_the_end_of_its_process_is_no_second_loss() {
        members.running();

        assertThat(members.failed("c1", "count-0").goodbye("c1").pass(5_000).effects())
                .containsExactly(
                        "pass Failed of count-0", "waiting [stage count has 1 of 2 replicas: waiting for processes]");
    }

    @Test
    void when_state_does_not_fit_then_the_loop_is_told_so() {
        members.running();

        members.say(
                "c1",
                new FromInstance.NotOpened(
                        members.fence(), Members.replica("count-0"), FromInstance.Cause.DOES_NOT_FIT, "no step"));

        assertThat(members.effects()).containsExactly("does not fit count-0");
    }

    @Test
    void when_all_hold_their_replicas_then_the_run_goes_on_and_what_they_said_is_passed_on_with_opened_last() {
        members.leads(4).connect("r1").holds("r1", 4, "read-0", 9).opened("r1", "read-0");
        members.connect("c1")
                .holds("c1", 4, "count-0", 11)
                .opened("c1", "count-0")
                .finished("c1", "count-0");
        members.forget().connect("c2").holds("c2", 4, "count-1", 10);

        assertThat(members.effects()).contains("unbroken, heard 11");
        assertThat(members.goesOn().all())
                .containsExactly(
                        "pass Finished of count-0",
                        "pass Opened of count-0",
                        "pass Opened of read-0",
                        "c1 routes {count-0=c1:1, count-1=c2:1, read-0=r1:1}",
                        "c2 routes {count-0=c1:1, count-1=c2:1, read-0=r1:1}",
                        "r1 routes {count-0=c1:1, count-1=c2:1, read-0=r1:1}");
        assertThat(members.opened("c2", "count-1").effects()).containsExactly("pass Opened of count-1");
    }

    @Test
    void when_one_does_not_come_within_the_patience_then_the_run_is_broken() {
        members.leads(4).connect("r1").holds("r1", 4, "read-0", 9).spare("c1").connect("c2");
        members.holds("c2", 4, "count-1", 9);

        assertThat(members.pass(3_999).effects()).noneMatch(each -> each.startsWith("broken"));
        assertThat(members.pass(1).effects())
                .containsExactly("broken: count-0 is held by 0 processes; 4000 ms after the term began, others are"
                        + " [process c1 of count at c1:1 with nothing]");
        assertThat(members.restarts(5).effects())
                .containsExactlyInAnyOrder(
                        "r1 assign read-0 of run 5 in " + ALL,
                        "c2 assign count-1 of run 5 in " + ALL,
                        "c1 assign count-0 of run 5 in " + ALL);
    }

    @Test
    void when_one_has_failed_then_the_run_is_broken_at_once() {
        members.leads(4).connect("c1").holds("c1", 4, "count-0", 9).failed("c1", "count-0");

        assertThat(members.effects()).anyMatch(each -> each.startsWith("broken: process c1"));
    }

    @Test
    void when_a_process_dies_while_the_takeover_is_recorded_then_it_is_lost_when_the_run_goes_on() {
        members.leads(4).connect("r1").holds("r1", 4, "read-0", 9);
        members.connect("c1").holds("c1", 4, "count-0", 9).connect("c2").holds("c2", 4, "count-1", 9);
        members.goodbye("c2").forget();

        assertThat(members.goesOn().effects()).contains("lost count-1 of run 4");
    }

    @Test
    void when_a_process_follows_a_newer_coordinator_then_this_one_is_fenced() {
        members.running().connect("c3").follows(8, "c3");

        assertThat(members.effects()).contains("fenced by 8");
    }

    @Test
    void when_a_process_wants_to_end_then_it_hands_over_after_a_checkpoint() {
        members.running().spare("c3").forget();

        assertThat(members.say("c1", new FromInstance.Departing(30_000, "SIGTERM"))
                        .effects())
                .containsExactly("checkpoint wanted");
        assertThat(members.complete(1).pass(1).effects()).contains("lost count-0 of run 1");
        assertThat(members.restarts(2).effects()).contains("c3 assign count-0 of run 2 in " + ALL, "c1 leave REPLACED");
    }

    @Test
    void when_a_spare_wants_to_end_then_it_may() {
        members.running().spare("c3").forget();

        assertThat(members.say("c3", new FromInstance.Departing(30_000, "SIGTERM"))
                        .effects())
                .containsExactly("c3 leave REPLACED");
    }

    @Test
    void when_the_job_is_over_then_all_are_told_to_end_also_who_comes_later() {
        members.running();

        assertThat(members.dismiss().effects())
                .containsExactly("r1 leave COMPLETED", "c1 leave COMPLETED", "c2 leave COMPLETED");
        assertThat(members.spare("c7").goodbye("c1").effects()).containsExactly("c7 leave COMPLETED");
    }

    @Test
    void when_a_process_stays_silent_then_it_is_turned_away() {
        members.running().connect("c3").forget();

        assertThat(members.pass(5_000).effects()).containsExactly("disconnect c3");
    }

    private static String routes(String to) {
        return to + " routes {count-0=c2:1, count-1=c1:1, read-0=r1:1}";
    }
}
