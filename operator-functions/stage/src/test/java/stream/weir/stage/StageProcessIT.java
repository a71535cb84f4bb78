package stream.weir.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.definition.PipelineFile;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Assignment;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.frame.Link;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.ProcessResources;
import stream.weir.runtime.stage.ReplicaEnvironment.Tuning;
import stream.weir.store.directory.DirectoryStore;

/** A real replica of a one-stage pipeline, coordinated by the test. */
@Timeout(60)
class StageProcessIT {
    private static final ReplicaId REPLICA = new ReplicaId("numbers", 0);

    @TempDir
    private Path folder;

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final BlockingQueue<ToInstance.Leave> left = new LinkedBlockingQueue<>();

    /** What replicas are in at their end: interrupts do not end it. */
    private CompletableFuture<?> nativeCode = CompletableFuture.completedFuture(null);

    private Pipeline pipeline;
    private ProcessResources resources;
    private StageProcess process;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("pipeline.yaml"), """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: count}
                spec:
                  checkpoint: {snapshots: {uri: "file:snapshots"}}
                  state: {backend: Memory}
                  stages:
                    - name: numbers
                      source: {generator: {fields: {n: {sequence: 0}}, count: 100}}
                      sink: {file: {path: out}}
                """);
        pipeline = ((PipelineFile.Loaded)
                        PipelineFile.load(folder.resolve("pipeline.yaml"), StageProcessIT.class.getClassLoader()))
                .pipeline();
        resources = ProcessResources.open(
                pipeline.state(),
                new ProcessResources.Memory(0, 0, 1),
                DirectoryStore.open(folder.resolve("snapshots")),
                Tuning.DEFAULT,
                new ProcessResources.Surroundings(
                        Executors.newCachedThreadPool(), Clock.systemUTC(), System::nanoTime, UUID::randomUUID));
        process = process(StageProcess.Surroundings.PATIENCE);
    }

    private StageProcess process(Duration patience) {
        return new StageProcess(
                pipeline,
                resources,
                new NoLinks(),
                new StageProcess.Surroundings(
                        executor,
                        replica -> new Thread(() -> {
                            replica.run();
                            nativeCode.join();
                        }),
                        System::nanoTime,
                        folder.resolve("work"),
                        patience,
                        left::add));
    }

    @AfterEach
    void stop() {
        nativeCode.complete(null);
        process.close(() -> {});
        executor.close();
        resources.close();
    }

    @Test
    void when_it_is_assigned_a_replica_then_it_opens_finishes_and_takes_checkpoints() throws Exception {
        // given
        Coordinator coordinator = new Coordinator();
        coordinator.leads(1);
        assertThat(coordinator.next()).isEqualTo(new FromInstance.Holding(Optional.empty(), Optional.empty()));
        // when
        coordinator.says(assign(1, 1));
        // then
        assertThat(coordinator.report()).isInstanceOf(ToCoordinator.Opened.class);
        assertThat(coordinator.report()).isInstanceOf(ToCoordinator.Finished.class);
        // when
        coordinator.says(new ToInstance.Tell(new ToReplica.Trigger(fence(1, 1), 1, CheckpointKind.FINAL)));
        assertThat(coordinator.report()).isInstanceOf(ToCoordinator.Acknowledge.class);
        coordinator.says(new ToInstance.Tell(new ToReplica.Complete(fence(1, 1), 1)));
        // then
        assertThat(coordinator.report()).isEqualTo(new ToCoordinator.Committed(fence(1, 1), REPLICA, 1));
    }

    @Test
    void when_another_coordinator_takes_over_then_the_replica_stays_and_its_reports_are_repeated() throws Exception {
        // given
        Coordinator first = new Coordinator();
        first.leads(1);
        first.next();
        first.says(assign(1, 1));
        first.report();
        first.report();
        // when
        process.disconnected(first);
        Coordinator second = new Coordinator();
        second.leads(2);
        // then
        assertThat(second.next())
                .isEqualTo(new FromInstance.Holding(
                        Optional.of(new FromInstance.Held(fence(1, 1), REPLICA, 0)), Optional.empty()));
        assertThat(second.report())
                .isInstanceOf(ToCoordinator.Opened.class)
                .extracting(ToCoordinator::fence)
                .isEqualTo(fence(1, 2));
        assertThat(second.report()).isEqualTo(new ToCoordinator.Finished(fence(1, 2), REPLICA));
        // when
        second.says(assign(1, 2));
        second.says(new ToInstance.Tell(new ToReplica.Trigger(fence(1, 2), 4, CheckpointKind.PERIODIC)));
        // then
        assertThat(second.report())
                .as("assigned again, it is not opened again")
                .isInstanceOf(ToCoordinator.Acknowledge.class);
    }

    @Test
    void when_an_older_coordinator_speaks_then_it_is_not_followed() throws Exception {
        // given
        Coordinator newer = new Coordinator();
        newer.leads(2);
        newer.next();
        // when
        Coordinator older = new Coordinator();
        older.leads(1);
        // then
        assertThat(older.closed.poll(30, TimeUnit.SECONDS)).isEqualTo("FENCED: term 1 < 2");
    }

    @Test
    void when_it_is_released_then_it_waits_for_the_next_run_and_says_whose_files_it_had() throws Exception {
        // given
        Coordinator coordinator = new Coordinator();
        coordinator.leads(1);
        coordinator.next();
        coordinator.says(assign(1, 1));
        coordinator.report();
        coordinator.report();
        // when
        coordinator.says(new ToInstance.Release(fence(1, 1), "another process is quicker"));
        process.disconnected(coordinator);
        Coordinator again = new Coordinator();
        again.leads(1);
        // then
        assertThat(again.next()).isEqualTo(new FromInstance.Holding(Optional.empty(), Optional.of(REPLICA)));
        // when
        again.says(assign(2, 1));
        // then
        assertThat(again.report().fence()).isEqualTo(fence(2, 1));
    }

    @Test
    void when_it_is_to_prepare_then_it_answers_and_the_replica_goes_on() throws Exception {
        // given
        Coordinator coordinator = new Coordinator();
        coordinator.leads(1);
        coordinator.next();
        coordinator.says(new ToInstance.Prepare(fence(1, 1), 1, new KeyGroupRange(0, 1), List.of()));
        assertThat(coordinator.next()).isEqualTo(new FromInstance.Prepared(fence(1, 1), 1));
        coordinator.says(assign(2, 1));
        coordinator.report();
        coordinator.report();
        // when
        coordinator.says(new ToInstance.Prepare(fence(1, 1), 2, new KeyGroupRange(0, 1), List.of()));
        coordinator.says(new ToInstance.Prepare(fence(2, 1), 3, new KeyGroupRange(0, 1), List.of()));
        // then
        assertThat(coordinator.next())
                .as("the one of a run that is over is refused")
                .isEqualTo(new FromInstance.Prepared(fence(2, 1), 3));
        // when
        coordinator.says(new ToInstance.Tell(new ToReplica.Trigger(fence(2, 1), 4, CheckpointKind.PERIODIC)));
        // then
        assertThat(coordinator.report()).isInstanceOf(ToCoordinator.Acknowledge.class);
    }

    @Test
    void when_its_folder_cannot_be_used_then_it_says_so_and_is_a_replica_of_the_next_run_when_it_can()
            throws Exception {
        // given
        Path inTheWay = Files.createDirectories(folder.resolve("work")).resolve("files");
        Files.writeString(inTheWay, "in the way");
        Coordinator coordinator = new Coordinator();
        coordinator.leads(1);
        coordinator.next();
        // when
        coordinator.says(assign(1, 1));
        // then
        assertThat(coordinator.next())
                .asInstanceOf(InstanceOfAssertFactories.type(FromInstance.NotOpened.class))
                .satisfies(said -> {
                    assertThat(said.fence()).isEqualTo(fence(1, 1));
                    assertThat(said.cause()).isEqualTo(FromInstance.Cause.TROUBLE);
                    assertThat(said.error()).contains(inTheWay.toString());
                });
        // when
        Files.delete(inTheWay);
        coordinator.says(assign(2, 1));
        // then
        assertThat(coordinator.report().fence()).isEqualTo(fence(2, 1));
    }

    @Test
    void when_it_is_told_to_leave_then_the_replica_has_ended_before() throws Exception {
        // given
        Coordinator coordinator = new Coordinator();
        coordinator.leads(1);
        coordinator.next();
        coordinator.says(assign(1, 1));
        coordinator.report();
        ToInstance.Leave leave = new ToInstance.Leave(ToInstance.Departure.STOPPED, "as asked");
        // when
        coordinator.says(leave);
        // then
        assertThat(left.poll(30, TimeUnit.SECONDS)).isEqualTo(leave);
        try (Stream<Path> kept = Files.list(folder.resolve("work"))) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .as("neither its state nor local files of its sink")
                    .containsExactlyInAnyOrder("ahead", "files");
        }
    }

    @Test
    void when_the_replica_does_not_end_then_the_process_fails_and_leaves_what_that_may_use() throws Exception {
        // given
        process = process(Duration.ofSeconds(1));
        nativeCode = new CompletableFuture<>();
        Coordinator coordinator = new Coordinator();
        coordinator.leads(1);
        coordinator.next();
        coordinator.says(assign(1, 1));
        coordinator.report();
        CountDownLatch ended = new CountDownLatch(1);
        // when
        coordinator.says(assign(2, 1));
        // then
        assertThat(left.poll(30, TimeUnit.SECONDS)).satisfies(leave -> {
            assertThat(leave.departure()).isEqualTo(ToInstance.Departure.FAILED);
            assertThat(leave.detail()).contains(REPLICA + " of run 1", "PT1S");
        });
        assertThat(folder.resolve("work").resolve("run-1")).exists();
        // when
        process.close(ended::countDown);
        executor.submit(() -> {}).get(30, TimeUnit.SECONDS);
        // then
        assertThat(ended.getCount()).as("resources are not to be closed").isEqualTo(1);
        // when
        nativeCode.complete(null);
        process.close(ended::countDown);
        // then
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(left).isEmpty();
    }

    @Test
    void when_it_has_asked_to_be_let_go_then_the_next_coordinator_hears_of_it_too() throws Exception {
        // given
        Coordinator first = new Coordinator();
        first.leads(1);
        first.next();
        process.depart(Duration.ofSeconds(30), "SIGTERM");
        assertThat(first.next()).isEqualTo(new FromInstance.Departing(30_000, "SIGTERM"));
        // when
        process.disconnected(first);
        Coordinator second = new Coordinator();
        second.leads(2);
        // then
        assertThat(second.next()).isInstanceOf(FromInstance.Holding.class);
        assertThat(second.next()).isEqualTo(new FromInstance.Departing(30_000, "SIGTERM"));
    }

    @Test
    void when_it_has_ended_then_news_that_come_late_change_nothing() throws Exception {
        // given
        Coordinator coordinator = new Coordinator();
        coordinator.leads(1);
        coordinator.next();
        coordinator.says(assign(1, 1));
        coordinator.report();
        CountDownLatch ended = new CountDownLatch(1);
        process.close(ended::countDown);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        executor.close();
        CompletableFuture<Boolean> pong = new CompletableFuture<>();
        // when
        process.disconnected(coordinator);
        coordinator.leads(2);
        coordinator.says(assign(2, 2));
        process.reportProgress();
        process.ping(() -> pong.complete(true));
        // then
        assertThat(pong).isCompletedWithValue(true);
        assertThat(process.observation()).isEmpty();
    }

    private static ToInstance.Assign assign(long run, long term) {
        return new ToInstance.Assign(new Assignment(
                fence(run, term), REPLICA, Map.of("numbers", 1), Optional.empty(), Assignment.DroppedState.REFUSE));
    }

    private static Fence fence(long run, long term) {
        return new Fence("count", run, term);
    }

    /** The other end of a connection. */
    private final class Coordinator implements CoordinatorSession {
        private final BlockingQueue<FromInstance> heard = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

        @Override
        public void send(FromInstance message) {
            heard.add(message);
        }

        @Override
        public void close(String reason) {
            closed.add(reason);
        }

        void leads(long term) {
            process.connected(this);
            says(new ToInstance.Lead("count", term));
        }

        void says(ToInstance message) {
            process.receive(this, message);
        }

        FromInstance next() throws InterruptedException {
            FromInstance message = heard.poll(30, TimeUnit.SECONDS);
            assertThat(message).as("nothing was said within 30 s").isNotNull();
            return message;
        }

        ToCoordinator report() throws InterruptedException {
            return ((FromInstance.Report) next()).message();
        }
    }

    private static final class NoLinks implements ReplicaChannels {
        @Override
        public Function<Link, FrameSink> begin(PipelineGraph graph, Fence fence, ReplicaId replica, Inbox inbox) {
            return link -> {
                throw new AssertionError("a pipeline of one stage has no link " + link);
            };
        }

        @Override
        public void route(Map<ReplicaId, Address> addresses) {}

        @Override
        public void end() {}
    }
}
