package stream.weir.runtime.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.CheckpointConfig.Mode;
import stream.weir.protocol.frame.FrameCodec;

/** The rules of an alignment with held frames on disk. */
final class SpilledFramesIT extends ExactlyOnceContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Override
    HeldFrames held(int inputs) {
        return SpilledFrames.forInputs(inputs, directory, FrameCodec.withDefaults());
    }

    @Test
    void when_a_frame_is_spilled_then_its_credit_goes_back_at_once_and_only_once() {
        AlignmentScript script = script(2, -1);

        script.play("0:B1 0:a");
        assertThat(script.consumed()).isEqualTo("0:B1 0:a");

        script.play("1:B1");
        assertThat(script.consumed()).isEqualTo("0:B1 0:a 1:B1");
    }

    @Test
    void when_an_input_is_blocked_then_what_already_waits_on_it_is_spilled_too() {
        AlignmentScript script = script(2, -1);

        script.putAll("0:B1 0:a 0:b");
        assertThat(script.consumed()).isEmpty();

        assertThat(script.drain()).isEmpty();
        assertThat(script.consumed()).isEqualTo("0:B1 0:a 0:b");
    }

    @Test
    void when_a_released_input_gets_more_then_that_keeps_its_credit_until_it_is_read() {
        // given
        AlignmentScript script = script(2, -1);
        script.play("0:B1 0:a 0:b");
        script.put("1:B1");
        assertThat(script.next()).hasValue("S1@1");

        // when
        script.put("0:c");
        assertThat(script.next()).hasValue("0:a");
        script.put("0:d");

        // then
        assertThat(script.consumed()).isEqualTo("0:B1 0:a 0:b 1:B1");
        assertThat(script.drain()).isEqualTo("0:b 0:c 0:d");
    }

    @Test
    void when_everything_is_read_then_no_file_is_left() throws IOException {
        AlignmentScript script = script(2, -1);

        script.play("0:B1 0:a 0:b");
        assertThat(directory).isDirectoryContaining("glob:**input-0.held");
        script.play("1:B1");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void when_it_is_closed_then_no_file_is_left() {
        HeldFrames held = held(2);
        AlignedInputs inputs = AlignedInputs.of(2, new ExactlyOnceAlignment(2, -1), held);
        new AlignmentScript(inputs).play("0:B1 0:a");

        inputs.close();

        assertThat(directory).isEmptyDirectory();
        assertThat(held.isEmpty(0)).isTrue();
    }

    @Test
    void when_a_file_is_damaged_then_the_error_names_it_and_the_position() throws IOException {
        AlignmentScript script = script(2, -1);
        script.play("0:B1 0:a");
        Path file = directory.resolve("input-0.held");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 10] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> script.play("1:B1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot read " + file)
                .hasMessageContaining("at byte 0 of " + bytes.length)
                .hasMessageContaining("BAD_CHECKSUM");
    }

    @Test
    void when_a_crash_has_left_a_file_then_it_is_overwritten() throws IOException {
        Files.write(directory.resolve("input-0.held"), new byte[10_000]);

        assertThat(script(2, -1).play("0:B1 0:a 0:b 1:B1")).isEqualTo("S1@1 0:a 0:b");
    }

    @ParameterizedTest
    @CsvSource({"EXACTLY_ONCE, true, 1", "EXACTLY_ONCE, false, 0", "AT_LEAST_ONCE, true, 0"})
    void when_a_checkpoint_is_configured_then_frames_are_held_as_it_says(Mode mode, boolean spill, int files)
            throws IOException {
        AlignedInputs inputs = AlignedInputs.configured(2, config(mode, spill), directory, FrameCodec.withDefaults());

        String out = new AlignmentScript(inputs).play("0:B1 0:a");

        assertThat(out).isEqualTo(mode == Mode.AT_LEAST_ONCE ? "0:a" : "");
        assertThat(inputs.heldBytes()).isEqualTo(mode == Mode.AT_LEAST_ONCE ? 0 : 100);
        try (Stream<Path> found = Files.list(directory)) {
            assertThat(found).hasSize(files);
        }
    }

    private static CheckpointConfig config(Mode mode, boolean spill) {
        CheckpointConfig base = CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:snapshots"));
        return new CheckpointConfig(
                base.interval(),
                base.timeout(),
                base.minPause(),
                base.maxConcurrent(),
                base.tolerableFailures(),
                base.retained(),
                mode,
                new CheckpointConfig.Alignment(-1, spill),
                base.snapshots());
    }
}
