package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.checkpoint.Branches.Segment;

class BranchesTest {
    private static final long OPEN = Long.MAX_VALUE;

    /** Run 1 took 1 to 5; run 2 went on from 5; run 3 went back to 3; run 4 began anew; run 5 went back to a checkpoint of run 2. */
    private static final Branches TREE = Branches.of(
            List.of(run(1, 0, 0, 1), run(2, 1, 5, 7), run(3, 1, 3, 10), run(4, 0, 0, 12), run(5, 2, 8, 15)));

    @Test
    void when_a_run_started_empty_then_its_branch_is_its_own() {
        assertThat(TREE.branchOf(1)).containsExactly(new Segment(1, 1, OPEN));
        assertThat(TREE.branchOf(4)).containsExactly(new Segment(4, 12, OPEN));
    }

    @Test
    void when_a_run_came_from_another_then_up_to_there() {
        assertThat(TREE.branchOf(2)).containsExactly(new Segment(2, 7, OPEN), new Segment(1, 1, 5));
        assertThat(TREE.branchOf(3)).containsExactly(new Segment(3, 10, OPEN), new Segment(1, 1, 3));
        assertThat(TREE.branchOf(5))
                .containsExactly(new Segment(5, 15, OPEN), new Segment(2, 7, 8), new Segment(1, 1, 5));
    }

    @Test
    void when_a_newer_checkpoint_is_of_a_branch_that_was_left_then_not_held() {
        List<Segment> branch = TREE.branchOf(3);

        assertThat(Branches.holds(branch, 3, 1)).isTrue();
        assertThat(Branches.holds(branch, 4, 1)).isFalse();
        assertThat(Branches.holds(branch, 8, 2)).isFalse();
        assertThat(Branches.holds(branch, 11, 3)).isTrue();
        assertThat(Branches.holds(branch, 11, 1)).isFalse();
    }

    @Test
    void when_a_run_is_missing_then_an_error_names_it_and_its_child() {
        Branches hole = Branches.of(List.of(run(2, 1, 5, 7)));

        assertThatThrownBy(() -> hole.branchOf(2))
                .hasMessage("run 2 came from a checkpoint of run 1, which is not on record");
        assertThatThrownBy(() -> hole.branchOf(9)).isInstanceOf(Branches.UnknownRunException.class);
    }

    @Test
    void when_a_run_is_its_own_ancestor_then_an_error_and_no_endless_loop() {
        Branches loop = Branches.of(List.of(run(2, 3, 5, 7), run(3, 2, 8, 9)));

        assertThatThrownBy(() -> loop.branchOf(3)).isInstanceOf(Branches.UnknownRunException.class);
    }

    private static RunRecord run(long run, long parent, long from, long first) {
        return new RunRecord("orders", run, parent, 1, from, first, run);
    }
}
