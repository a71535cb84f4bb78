package stream.weir.coordinator.election;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every election promises, with a renewal each second and an expiry after four. */
public abstract class LeaderElectionContract {
    private final Hall hall = new Hall();

    protected abstract LeaderElection candidate(Hall.Seat seat);

    /** Nothing can be reached any more, or everything again. */
    protected abstract void reachable(boolean reachable);

    protected final Hall hall() {
        return hall;
    }

    @Test
    void when_several_stand_then_one_leads() {
        stands("a", "b", "c");
        hall.pass(60_000);

        assertThat(hall.leaders()).hasSize(1);
        assertThat(hall.mostLeaders()).isEqualTo(1);
    }

    @Test
    void when_the_leader_dies_then_another_one_leads_within_the_expiry_and_two_looks() {
        stands("a", "b");
        hall.pass(10_000);
        String first = hall.leaders().getFirst();
        hall.dies(first);

        hall.pass(6_000);

        assertThat(hall.leaders()).hasSize(1).doesNotContain(first);
        assertThat(hall.mostLeaders()).isEqualTo(1);
    }

    @Test
    void when_the_leader_leaves_then_another_one_leads_at_its_next_look() {
        stands("a", "b");
        hall.pass(10_000);
        String first = hall.leaders().getFirst();
        hall.leaves(first);

        hall.pass(1_000);

        assertThat(hall.leaders()).hasSize(1).doesNotContain(first);
    }

    @Test
    void when_nothing_can_be_reached_then_the_leader_stops_in_time_and_somebody_leads_when_it_can() {
        stands("a", "b");
        hall.pass(10_000);
        reachable(false);

        hall.pass(4_000);
        assertThat(hall.leaders()).isEmpty();
        reachable(true);
        hall.pass(6_000);
        assertThat(hall.leaders()).hasSize(1);
        assertThat(hall.mostLeaders()).isEqualTo(1);
    }

    @Test
    void when_a_paused_leader_wakes_up_then_it_hears_that_it_has_lost() {
        stands("a", "b");
        hall.pass(10_000);
        String first = hall.leaders().getFirst();
        hall.pause(first);
        hall.pass(20_000);

        hall.resume(first);
        hall.pass(0);

        assertThat(hall.leaders()).hasSize(1).doesNotContain(first);
        hall.pass(60_000);
        assertThat(hall.leaders()).hasSize(1).doesNotContain(first);
    }

    @Test
    void when_a_leader_stays_then_it_is_elected_once() {
        stands("a");
        hall.pass(3_600_000);

        assertThat(hall.leaders()).containsExactly("a");
        assertThat(hall.mostLeaders()).isEqualTo(1);
    }

    @Test
    void when_the_leader_falls_silent_then_nobody_is_sent_there_any_more_before_its_office_ends() {
        stands("a", "b");
        hall.pass(10_000);
        assertThat(hall.followedBy("b")).contains("a");
        hall.dies("a");

        hall.pass(2_000);
        assertThat(hall.followedBy("b")).contains("a");
        hall.pass(1_000);

        assertThat(hall.followedBy("b")).isEmpty();
        assertThat(hall.leaders()).isEmpty();
    }

    @Test
    void when_a_leader_that_was_silent_is_heard_again_then_it_is_followed_again() {
        stands("a", "b");
        hall.pass(10_000);
        hall.pause("a");
        hall.pass(3_500);
        assertThat(hall.followedBy("b")).isEmpty();
        hall.resume("a");

        hall.pass(2_000);

        assertThat(hall.followedBy("b")).contains("a");
        assertThat(hall.leaders()).containsExactly("a");
    }

    private void stands(String... names) {
        for (String name : names) {
            hall.stands(name, this::candidate);
            hall.pass(300);
        }
    }
}
