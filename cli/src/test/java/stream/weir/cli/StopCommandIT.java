package stream.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.cli.job.Answers;
import stream.weir.cli.job.Answers.Answer;
import stream.weir.cli.job.Kubectl;

/** What is asked of a coordinator, or of the cluster, for a job to end. */
final class StopCommandIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"'', CHECKPOINT, stops with a last checkpoint", "--drain, DRAIN, 'ends its input, and completes'"})
    void when_a_coordinator_is_asked_then_it_hears_how_the_job_is_to_end(String option, String mode, String said)
            throws Exception {
        // given
        try (Answers coordinator = Answers.of(Map.of("/api/v1/stop", new Answer(202, "")))) {
            // when
            Cli answer = option.isEmpty()
                    ? Cli.weir("stop", coordinator.url())
                    : Cli.weir("stop", coordinator.url(), option);
            // then
            assertThat(answer.code()).as(answer.err()).isZero();
            assertThat(answer.out()).contains(said);
            assertThat(coordinator.asked()).singleElement().satisfies(asked -> assertThat(asked)
                    .startsWith("POST /api/v1/stop {\"mode\":\"" + mode + "\"}"));
        }
    }

    @Test
    void when_the_coordinator_refuses_then_so_does_the_command() throws Exception {
        // given
        Answer refusal = new Answer(504, "{\"reason\": \"STORE_SILENT\", \"detail\": \"ask again\"}");
        try (Answers coordinator = Answers.of(Map.of("/api/v1/stop", refusal))) {
            // when
            Cli answer = Cli.weir("stop", coordinator.url(), "--drain");
            // then
            assertThat(answer.code()).isEqualTo(4);
            assertThat(answer.err()).contains("Refused: STORE_SILENT: ask again");
        }
    }

    @Test
    void when_a_pipeline_on_kubernetes_is_to_stop_then_it_is_suspended() throws Exception {
        // given
        Path said = folder.resolve("said");
        Path program = Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\necho \"$*\" > " + said + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        // when
        StopCommand.suspend(new Kubectl(program.toString(), Optional.empty(), Optional.of("trade")), "shop");
        // then
        assertThat(said)
                .hasContent(
                        "--namespace=trade patch streampipeline/shop --type merge -p {\"spec\":{\"suspend\":true}}");
    }

    @Test
    void when_what_is_stored_is_named_then_it_is_no_job() {
        assertThat(Cli.weir("stop", folder.toString()).err()).contains("for a running job give the name of a pipeline");
    }
}
