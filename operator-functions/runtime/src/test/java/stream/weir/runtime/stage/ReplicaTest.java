package stream.weir.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.runtime.stage.ReplicaBench.link;
import static stream.weir.runtime.stage.ReplicaBench.manifest;
import static stream.weir.runtime.stage.ReplicaBench.snapshot;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.codec.Codecs;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.EdgeSource;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.PipelineBuilder;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.source.SourceDriver;

class ReplicaTest {
    private static final Link FIRST = link("read", 0, "pass", 0);
    private static final Link SECOND = link("read", 1, "pass", 0);

    @TempDir
    private Path folder;

    private final List<Long> watermarks = new ArrayList<>();

    @Test
    void when_restored_as_finished_below_one_that_sends_again_then_it_takes_what_comes() throws Exception {
        // given
        ReplicaBench pass = ReplicaBench.restored(
                pipeline(2),
                "pass",
                0,
                manifest(
                        snapshot("read", 0, false),
                        snapshot("read", 1, true),
                        snapshot("pass", 0, true, watermarks(Long.MAX_VALUE)),
                        snapshot("write", 0, false)),
                folder);
        // when
        pass.frame(SECOND, new Frame.End()).record(FIRST, 7);
        // then
        assertThat(pass.records()).isEqualTo(1);
        assertThat(pass.sent).doesNotContain("end");
        assertThat(watermarks).containsExactly(Long.MIN_VALUE);
        // when
        pass.frame(FIRST, new Frame.End());
        // then
        assertThat(pass.sent).endsWith("watermark " + Long.MAX_VALUE, "end");
    }

    @Test
    void when_restored_as_finished_below_finished_ones_then_it_says_so_at_once() throws Exception {
        ReplicaBench pass = ReplicaBench.restored(
                pipeline(2),
                "pass",
                0,
                manifest(snapshot("read", 0, true), snapshot("read", 1, true), snapshot("pass", 0, true)),
                folder);

        assertThat(pass.sent).containsExactly("watermark " + Long.MAX_VALUE, "end");
        assertThat(pass.said).containsExactly("Finished");
    }

    @Test
    void when_a_source_is_restored_then_its_steps_go_on_at_the_watermark_of_the_checkpoint() throws Exception {
        // given
        OperatorState timestamps = new OperatorState(SourceDriver.TIMESTAMPS, List.of(entry("", 41)));
        ReplicaBench read =
                ReplicaBench.restored(pipeline(1), "read", 0, manifest(snapshot("read", 0, false, timestamps)), folder);
        // when
        read.work();
        // then
        assertThat(watermarks).containsExactly(41L);
    }

    @Test
    void when_a_source_is_told_that_its_input_ends_then_it_says_so_once_and_reads_no_more() throws Exception {
        // given
        ReplicaBench read = ReplicaBench.open(pipeline(1), "read", 0, folder);
        // when
        read.control(new ToReplica.EndInput(ReplicaBench.FENCE)).control(new ToReplica.EndInput(ReplicaBench.FENCE));
        read.work();
        // then
        assertThat(read.sent).containsExactly("watermark " + Long.MAX_VALUE, "end");
        assertThat(read.said).containsExactly("Finished");
    }

    @Test
    void when_one_that_reads_a_durable_edge_is_told_that_its_input_ends_then_it_reads_until_that_has_ended()
            throws Exception {
        // given
        ReplicaBench take = ReplicaBench.open(below(), "take", 0, folder);
        // when
        take.control(new ToReplica.EndInput(ReplicaBench.FENCE));
        take.work();
        // then
        assertThat(watermarks).hasSize(2);
        assertThat(take.sent).doesNotContain("end");
        assertThat(take.said).doesNotContain("Finished");
    }

    @Test
    void when_one_that_is_no_source_is_told_that_the_input_ends_then_it_waits_for_its_links() throws Exception {
        // given
        ReplicaBench pass = ReplicaBench.open(pipeline(1), "pass", 0, folder);
        // when
        pass.control(new ToReplica.EndInput(ReplicaBench.FENCE)).record(FIRST, 7);
        // then
        assertThat(pass.sent).doesNotContain("end");
        // when
        pass.frame(FIRST, new Frame.End());
        // then
        assertThat(pass.records()).isEqualTo(1);
        assertThat(pass.sent).endsWith("watermark " + Long.MAX_VALUE, "end");
    }

    @Test
    void when_records_are_sent_then_they_are_counted_by_the_stage_that_reads_them() throws Exception {
        // given
        ReplicaBench pass = ReplicaBench.open(pipeline(2), "pass", 0, folder);
        // when
        pass.record(FIRST, 1).record(SECOND, 2).record(FIRST, 3);
        // then
        assertThat(pass.metrics.sent()).containsOnlyKeys("write");
        assertThat(pass.metrics.sent().get("write")).hasValue(3);
        assertThat(pass.metrics.sentBytes()).isPositive();
        assertThat(pass.metrics.lag()).isEmpty();
    }

    @Test
    void when_the_stage_before_was_rescaled_then_its_links_begin_without_a_watermark() throws Exception {
        // given
        OperatorState before = new OperatorState(
                ReplicaInputs.WATERMARKS,
                List.of(entry("", 10), entry(FIRST.toString(), 100), entry(SECOND.toString(), 90)));
        ReplicaBench pass = ReplicaBench.restored(
                pipeline(2),
                "pass",
                0,
                manifest(
                        snapshot("read", 0, false),
                        snapshot("read", 1, false),
                        snapshot("read", 2, false),
                        snapshot("pass", 0, false, before)),
                folder);
        // when
        pass.frame(FIRST, new Frame.Watermark(20)).record(FIRST, 21);
        pass.frame(SECOND, new Frame.Watermark(50)).record(FIRST, 22);
        // then
        assertThat(watermarks).containsExactly(10L, 20L);
    }

    @Test
    void when_an_alignment_releases_much_then_mail_is_looked_at_in_between() throws Exception {
        // given
        ReplicaBench pass = ReplicaBench.open(pipeline(2), "pass", 0, folder);
        pass.barrier(FIRST, 1);
        int held = 3 * Replica.MOST_TURNS;
        for (int i = 0; i < held; i++) {
            pass.record(FIRST, i);
        }
        // when
        pass.barrier(SECOND, 1);
        // then
        assertThat(pass.records()).isLessThanOrEqualTo(Replica.MOST_TURNS);
        // when
        assertThat(pass.work()).isEqualTo(Replica.Work.DONE);
        assertThat(pass.records()).isBetween((long) Replica.MOST_TURNS, 2L * Replica.MOST_TURNS);
        while (pass.work() == Replica.Work.DONE) {}
        // then
        assertThat(pass.records()).isEqualTo(held);
    }

    @Test
    void when_a_link_breaks_after_its_end_then_nothing_is_lost() throws Exception {
        ReplicaBench pass = ReplicaBench.open(pipeline(2), "pass", 0, folder);

        pass.frame(FIRST, new Frame.End()).broken(FIRST).record(SECOND, 5);

        assertThat(pass.records()).isEqualTo(1);
    }

    @Test
    void when_a_link_breaks_after_its_end_that_alignment_holds_back_then_nothing_is_lost() throws Exception {
        ReplicaBench pass = ReplicaBench.open(pipeline(2), "pass", 0, folder);

        pass.barrier(FIRST, 1)
                .record(FIRST, 4)
                .frame(FIRST, new Frame.End())
                .broken(FIRST)
                .barrier(SECOND, 1);

        assertThat(pass.records()).isEqualTo(1);
    }

    @Test
    void when_a_link_breaks_between_the_last_watermark_and_the_end_then_the_replica_fails() throws Exception {
        ReplicaBench pass = ReplicaBench.open(pipeline(2), "pass", 0, folder);
        pass.frame(FIRST, new Frame.Watermark(Long.MAX_VALUE));

        assertThatThrownBy(() -> pass.broken(FIRST)).isInstanceOf(LinkLostException.class);
    }

    @Test
    void when_links_are_aligned_then_the_times_say_what_was_waited_for() throws Exception {
        // given
        ReplicaBench pass = ReplicaBench.open(pipeline(2), "pass", 0, folder);
        // when
        pass.trigger(1).pass(100).barrier(SECOND, 1).pass(30).barrier(FIRST, 1);
        // then
        assertThat(pass.times(1).barrierNanos()).isEqualTo(100);
        assertThat(pass.times(1).alignmentNanos()).isEqualTo(30);
        assertThat(pass.times(1).lastInput()).isEqualTo(FIRST.toString());
    }

    @Test
    void when_no_thread_is_free_to_store_what_was_captured_then_the_upload_has_taken_that_long() throws Exception {
        ReplicaBench read = ReplicaBench.open(pipeline(1), "read", 0, folder);

        read.backgroundBusy(70).trigger(1);

        assertThat(read.times(1).uploadNanos()).isEqualTo(70);
    }

    @Test
    void when_there_is_one_link_or_none_then_nothing_is_aligned() throws Exception {
        // given
        ReplicaBench pass = ReplicaBench.open(pipeline(1), "pass", 0, folder.resolve("pass"));
        ReplicaBench read = ReplicaBench.open(pipeline(1), "read", 0, folder.resolve("read"));
        // when
        pass.trigger(1).pass(100).barrier(FIRST, 1);
        read.pass(50).trigger(1);
        // then
        assertThat(pass.times(1).barrierNanos()).isEqualTo(100);
        assertThat(pass.times(1).alignmentNanos()).isZero();
        assertThat(pass.times(1).lastInput()).isEmpty();
        assertThat(read.times(1).barrierNanos()).isZero();
        assertThat(read.times(1).alignmentNanos()).isZero();
    }

    /** A stage that reads what another region has stored. */
    private Pipeline below() {
        return PipelineBuilder.named("below")
                .maxParallelism(8)
                .checkpoints(CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:bench")))
                .state(new StateConfig(StateConfig.Backend.MEMORY, false))
                .stage("take")
                .source(new EdgeSource<>("above", new ReplicaBench.Longs(List.of(50L, 51L))))
                .steps()
                .process(Codecs.LONG, () -> (value, context, out) -> {
                    watermarks.add(context.watermark());
                    out.emit(value);
                })
                .stage("write")
                .from("take", Codecs.LONG)
                .rebalance()
                .sink(context -> new ReplicaBench.Nowhere())
                .build();
    }

    /** Two or fewer sources, spread over a stage that writes down its watermarks. */
    private Pipeline pipeline(int sources) {
        return PipelineBuilder.named("bench")
                .maxParallelism(8)
                .checkpoints(CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:bench")))
                .state(new StateConfig(StateConfig.Backend.MEMORY, false))
                .stage("read")
                .replicas(sources)
                .source(new ReplicaBench.Longs(List.of(50L)))
                .eventTime(value -> value, Duration.ZERO)
                .steps()
                .process(Codecs.LONG, () -> (value, context, out) -> {
                    watermarks.add(context.watermark());
                    out.emit(value);
                })
                .stage("pass")
                .from("read", Codecs.LONG)
                .rebalance()
                .process(Codecs.LONG, () -> (value, context, out) -> {
                    watermarks.add(context.watermark());
                    out.emit(value);
                })
                .stage("write")
                .from("pass", Codecs.LONG)
                .rebalance()
                .sink(context -> new ReplicaBench.Nowhere())
                .build();
    }

    private static OperatorState watermarks(long own) {
        return new OperatorState(ReplicaInputs.WATERMARKS, List.of(entry("", own)));
    }

    private static OperatorState.Entry entry(String key, long value) {
        return new OperatorState.Entry(
                key, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }
}
