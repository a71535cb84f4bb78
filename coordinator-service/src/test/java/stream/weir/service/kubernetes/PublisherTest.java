package stream.weir.service.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.loop.Timer;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.kubernetes.resource.CoordinatorStatus;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;

final class PublisherTest {
    private final World world = new World();
    private final Publisher publisher = new Publisher(world, world, "pod-a", world.ports());

    @Test
    void when_the_job_changes_often_then_the_board_changes_once_a_second_and_ends_with_the_newest() {
        for (int run = 1; run <= 100; run++) {
            publisher.offer(job(run));
            world.pass(30);
        }
        world.pass(2_000);

        assertThat(world.shown).hasSizeBetween(3, 5);
        assertThat(world.shown.getLast().run()).isEqualTo(100);
    }

    @Test
    void when_nothing_changes_then_nothing_is_written() {
        for (int i = 0; i < 100; i++) {
            publisher.offer(job(1));
            world.pass(1_000);
        }

        assertThat(world.shown).hasSize(1);
    }

    @Test
    void when_the_api_server_is_away_then_it_is_asked_ever_less_and_shows_what_holds_when_it_is_back() {
        world.down = true;
        for (int run = 1; run <= 600; run++) {
            publisher.offer(job(run));
            world.pass(1_000);
        }
        assertThat(world.attempts).isBetween(5, 20);
        world.down = false;
        world.pass(60_000);

        assertThat(world.shown).hasSize(1);
        assertThat(world.shown.getFirst().run()).isEqualTo(600);
    }

    @Test
    void when_checkpoints_come_and_go_then_those_in_the_store_are_shown() {
        world.keep(1, 2, 3);
        publisher.offer(job(1, 3));
        assertThat(world.checkpoints).containsOnlyKeys(1L, 2L, 3L);

        world.keep(3, 4);
        publisher.offer(job(1, 4));
        world.pass(1_000);
        publisher.offer(job(1, 4));
        assertThat(world.checkpoints).as("too early").containsOnlyKeys(1L, 2L, 3L);
        world.pass(5_000);
        publisher.offer(job(1, 4));

        assertThat(world.checkpoints).containsOnlyKeys(3L, 4L);
    }

    @Test
    void when_there_are_many_checkpoints_then_only_the_newest_hundred_are_shown() {
        world.keep(LongStream.rangeClosed(1, 250).toArray());
        publisher.offer(job(1, 250));

        assertThat(world.checkpoints).hasSize(100).containsKeys(151L, 250L);
    }

    @Test
    void when_its_phase_stays_then_the_condition_is_as_old_as_it_was_and_a_new_phase_is_dated() {
        publisher.offer(job(1));
        world.pass(90_000);
        publisher.offer(job(2));
        world.pass(90_000);
        publisher.offer(job(2, JobView.Phase.RECOVERING));
        world.pass(1_000);

        assertThat(world.shown)
                .extracting(shown ->
                        Optional.ofNullable(shown.conditions()).orElseThrow().getFirst())
                .extracting(Condition::getType, Condition::getStatus, Condition::getLastTransitionTime)
                .containsExactly(
                        tuple("Ready", "True", "1970-01-01T00:00:00Z"),
                        tuple("Ready", "True", "1970-01-01T00:00:00Z"),
                        tuple("Ready", "False", "1970-01-01T00:03:00Z"));
    }

    @Test
    void when_it_leads_no_more_then_it_writes_no_more() {
        publisher.offer(job(1));
        publisher.offer(job(2));
        publisher.retire();
        world.pass(10_000);

        assertThat(world.shown).hasSize(1);
    }

    private static JobView job(long run) {
        return job(run, 0);
    }

    private static JobView job(long run, JobView.Phase phase) {
        JobView running = job(run);
        return new JobView(
                running.pipeline(),
                phase,
                "",
                List.of(),
                run,
                running.term(),
                running.atMillis(),
                Map.of(),
                List.of(),
                running.checkpoints(),
                List.of(),
                List.of());
    }

    private static JobView job(long run, long newest) {
        Optional<CheckpointView> last =
                newest == 0 ? Optional.empty() : Optional.of(CheckpointView.of(World.manifest(newest, "sums")));
        return new JobView(
                "sums",
                JobView.Phase.RUNNING,
                "",
                List.of(),
                run,
                1,
                run * 1_000,
                Map.of(),
                List.of(),
                new JobView.Checkpoints(last, List.of(), List.of(), newest, 0),
                List.of(),
                List.of());
    }

    /** A board, a store and a clock. */
    private static final class World implements Board, Publisher.Kept, Timer {
        private record Waiting(long at, Runnable task) {}

        private final List<CoordinatorStatus> shown = new ArrayList<>();
        private final Map<Long, Manifest> checkpoints = new HashMap<>();
        private final Set<Long> stored = new TreeSet<>();
        private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::at));
        private boolean down;
        private int attempts;
        private long nanos;

        Publisher.Ports ports() {
            return new Publisher.Ports(Runnable::run, this, () -> nanos, () -> Instant.ofEpochSecond(0, nanos));
        }

        void keep(long... ids) {
            stored.clear();
            for (long id : ids) {
                stored.add(id);
            }
        }

        void pass(long millis) {
            long end = nanos + millis * 1_000_000;
            while (!waiting.isEmpty() && waiting.peek().at() <= end) {
                Waiting next = waiting.remove();
                nanos = next.at();
                next.task().run();
            }
            nanos = end;
        }

        @Override
        public Scheduled after(Duration delay, Runnable task) {
            Waiting next = new Waiting(nanos + delay.toNanos(), task);
            waiting.add(next);
            return () -> waiting.remove(next);
        }

        @Override
        public boolean show(CoordinatorStatus status) {
            attempts++;
            if (down) {
                throw new IllegalStateException("connection refused");
            }
            shown.add(status);
            return true;
        }

        @Override
        public Set<Long> checkpoints() {
            return Set.copyOf(checkpoints.keySet());
        }

        @Override
        public void add(Manifest manifest) {
            checkpoints.put(manifest.checkpoint(), manifest);
        }

        @Override
        public void remove(long checkpoint) {
            checkpoints.remove(checkpoint);
        }

        @Override
        public List<Long> all() {
            return List.copyOf(stored);
        }

        @Override
        public Optional<Manifest> manifest(long checkpoint) {
            return Optional.of(manifest(checkpoint, "sums"));
        }

        private static Manifest manifest(long id, String pipeline) {
            return new Manifest(pipeline, id, 1, 1, 1_000, 20, CheckpointKind.PERIODIC, 128, List.of(), List.of());
        }
    }
}
