package stream.weir.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StageView;
import stream.weir.coordinator.status.StageView.ReplicaView;

class ReopeningTest {
    private static final long KILLED = 1_000;

    private final Reopening reopening = new Reopening();
    private final JobView before = view(3, KILLED, true, true, true);

    @Test
    void when_replicas_open_one_after_the_other_then_the_last_that_stayed_and_the_one_that_moved_are_told_apart() {
        // given
        reopening.changed(before);
        reopening.changed(view(3, 1_100, true, true, true));
        // when
        reopening.changed(view(4, 1_150, false, false, false));
        reopening.changed(view(4, 1_200, false, true, false));
        reopening.changed(view(4, 1_300, false, true, true));
        reopening.changed(view(4, 1_700, true, true, true));
        // then
        assertThat(reopening.after(kill())).isEqualTo(new Reopening.Found(150, 300, 700));
    }

    @Test
    void when_it_did_not_come_to_that_then_it_says_so() {
        // given
        reopening.changed(before);
        // when
        reopening.changed(view(4, 1_150, false, false, true));
        // then
        assertThat(reopening.after(kill())).isEqualTo(new Reopening.Found(150, -1, -1));
        assertThat(reopening.newest().run()).isEqualTo(4);
    }

    @Test
    void when_nothing_was_heard_then_there_is_no_newest() {
        assertThatThrownBy(reopening::newest).hasMessageContaining("nothing yet");
    }

    private Reopening.Event kill() {
        return new Reopening.Event(before, "process-0", KILLED);
    }

    private static JobView view(long run, long atMillis, boolean... opened) {
        List<ReplicaView> replicas = IntStream.range(0, opened.length)
                .mapToObj(index -> new ReplicaView(
                        index,
                        Optional.of("process-" + index),
                        Optional.empty(),
                        true,
                        opened[index],
                        false,
                        Optional.empty()))
                .toList();
        return new JobView(
                "w4",
                JobView.Phase.RUNNING,
                "",
                List.of(),
                run,
                1,
                atMillis,
                Map.of(),
                List.of(new StageView("digests", opened.length, replicas, List.of())),
                new JobView.Checkpoints(Optional.empty(), List.of(), List.of(), 0, 0),
                List.of(),
                List.of());
    }
}
