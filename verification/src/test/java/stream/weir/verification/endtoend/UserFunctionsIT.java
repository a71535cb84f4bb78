package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.Output;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.PipelineBuilder;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.local.JobListener;
import stream.weir.local.JobOutcome;
import stream.weir.local.LocalJob;
import stream.weir.local.LocalSettings;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

/** Functions in Java that misbehave (I11, I13 of the list of bad inputs), in pipelines made with the builder. */
class UserFunctionsIT {
    @TempDir
    private Path folder;

    private final List<String> written = Collections.synchronizedList(new ArrayList<>());

    @Test
    void i11_when_a_function_throws_then_the_error_names_stage_step_and_record() throws Exception {
        // when
        JobOutcome outcome = run(context -> (value, ctx, out) -> {
            if (value.equals("b")) {
                throw new IllegalStateException("no b, please");
            }
            out.emit(value);
        });
        // then
        assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
        assertThat(((JobOutcome.Failed) outcome).detail())
                .contains("work")
                .contains("process")
                .contains("b")
                .contains("no b, please");
    }

    @Test
    void i11_when_a_function_recurses_without_end_then_it_is_an_error_of_the_record() throws Exception {
        // when
        JobOutcome outcome = run(context -> (value, ctx, out) -> out.emit(endless(value)));
        // then
        assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
        assertThat(((JobOutcome.Failed) outcome).detail())
                .contains("StackOverflowError")
                .contains("process");
    }

    @Test
    void i13_when_a_record_is_changed_after_it_was_emitted_then_the_next_stage_does_not_see_it() throws Exception {
        // given
        PipelineBuilder builder = builder();
        Output<StringBuilder> texts = builder.stage("work")
                .source(new Letters())
                .steps()
                .process(new Text(), () -> (value, context, out) -> {
                    StringBuilder text = new StringBuilder(value);
                    out.emit(text);
                    text.append("-changed");
                })
                .output();
        // when
        JobOutcome outcome = run(builder.stage("out")
                .from(texts)
                .rebalance()
                .map(Codecs.STRING, StringBuilder::toString)
                .sink(new Collecting(written))
                .build());
        // then
        assertThat(outcome).isInstanceOf(JobOutcome.Completed.class);
        assertThat(written).containsExactly("a", "b", "c");
    }

    private interface MakesFunction {
        ProcessFunction<String, String> make(Object unused);
    }

    private JobOutcome run(MakesFunction function) throws Exception {
        return run(builder()
                .stage("work")
                .source(new Letters())
                .steps()
                .process(Codecs.STRING, () -> function.make(this))
                .sink(new Collecting(written))
                .build());
    }

    private PipelineBuilder builder() {
        return PipelineBuilder.named("functions")
                .checkpoints(CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:" + folder)));
    }

    private JobOutcome run(Pipeline pipeline) throws Exception {
        try (ObjectStore store = DirectoryStore.open(folder.resolve("checkpoints"))) {
            LocalSettings settings =
                    LocalSettings.defaults(store, folder.resolve("work")).withRestarts(RestartPolicy.never());
            return LocalJob.start(pipeline, settings, JobListener.SILENT).await();
        }
    }

    private static String endless(String value) {
        return value.isEmpty() ? value : endless(value + "x") + value;
    }

    /** Three letters, then the end. */
    private record Letters() implements Source<String> {
        @Override
        public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override
        public SourceReader<String> open(SourceContext context) {
            return new SourceReader<>() {
                private boolean done;

                @Override
                public Status poll(int maxRecords, SourceOutput<String> out) {
                    if (!done) {
                        List.of("a", "b", "c").forEach(out.split("letters")::emit);
                        done = true;
                    }
                    return Status.END;
                }

                @Override
                public Map<String, Bytes> positions() {
                    return Map.of();
                }
            };
        }
    }

    /** Keeps what is written; makes nothing durable. */
    private record Collecting(List<String> written) implements Sink<String> {
        @Override
        public SinkWriter<String> open(SinkContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(String value, long timestamp) {
                    written.add(value);
                }

                @Override
                public Prepared prepare(long checkpoint) {
                    return List::of;
                }

                @Override
                public void commit(Bytes transaction) {}
            };
        }
    }

    /** A mutable type with a codec of its own. */
    private record Text() implements Codec<StringBuilder> {
        @Override
        public void encode(StringBuilder value, stream.weir.api.codec.ByteWriter out) {
            out.writeString(value.toString());
        }

        @Override
        public StringBuilder decode(stream.weir.api.codec.ByteReader in) {
            return new StringBuilder(in.readString());
        }

        @Override
        public stream.weir.api.codec.Schema schema() {
            return stream.weir.api.codec.Schema.Primitive.STRING;
        }

        @Override
        public Codec<StringBuilder> reading(stream.weir.api.codec.Schema written) {
            return this;
        }
    }
}
