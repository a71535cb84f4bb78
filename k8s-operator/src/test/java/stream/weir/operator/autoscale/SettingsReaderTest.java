package stream.weir.operator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {
    private static final String PATH = "spec.stages[2].scale";

    @Test
    void when_nothing_is_said_then_everything_is_by_default() {
        SettingsReader.Read read = read(Map.of());

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings()).isEqualTo(ScalingSettings.defaults());
    }

    @Test
    void when_fields_are_given_then_they_replace_the_defaults() {
        ScalingSettings read = read(Map.of(
                        "mode", "Auto", "min", 2, "max", 8, "targetUtilization", 0.6, "catchUp", "90s", "window", "1m"))
                .settings();

        assertThat(read.mode()).isEqualTo(ScalingMode.AUTO);
        assertThat(read.min()).isEqualTo(2);
        assertThat(read.max()).isEqualTo(8);
        assertThat(read.targetUtilization()).isEqualTo(0.6);
        assertThat(read.catchUp()).isEqualTo(Duration.ofSeconds(90));
        assertThat(read.window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(read.scaleUpWindow()).isEqualTo(ScalingSettings.defaults().scaleUpWindow());
    }

    @Test
    void when_several_things_are_wrong_then_all_are_said_with_path_and_values() {
        assertThat(read(Map.of("mode", "auto", "min", 9, "max", 4, "tolerance", 0.8, "catchUp", "soon", "cooldown", 1))
                        .problems())
                .extracting(ScalingProblem::toString)
                .containsExactlyInAnyOrder(
                        PATH + ".mode: auto is not one of Auto, Recommend, Off",
                        PATH + ".min: 9 is more than max, which is 4",
                        PATH + ".tolerance: 0.8 is not from 0.0 to 0.5",
                        PATH + ".tolerance: 0.8 has to be less than targetUtilization, which is 0.7",
                        PATH + ".catchUp: soon is not a duration as 500ms, 2s, 1m or 24h",
                        PATH + ".cooldown: 1 is not known here; there is catchUp, ineffectiveFor, max, "
                                + "maxScaleDownFactor, maxScaleUpFactor, min, mode, scaleDownCooldown, scaleDownWindow, "
                                + "scaleUpCooldown, scaleUpWindow, targetUtilization, tolerance, warmUp, window");
    }

    @Test
    void when_numbers_are_beyond_their_limits_then_both_are_named() {
        assertThat(read(Map.of("min", 0, "targetUtilization", 1.5, "window", "2s", "maxScaleUpFactor", 1))
                        .problems())
                .extracting(ScalingProblem::toString)
                .containsExactlyInAnyOrder(
                        PATH + ".min: 0 is less than 1; a stage cannot be scaled to nothing",
                        PATH + ".targetUtilization: 1.5 is not from 0.01 to 1.0",
                        PATH + ".window: 2s is not from 5s to 30m",
                        PATH + ".maxScaleUpFactor: 1.0 is not from above 1 to 100.0");
    }

    @Test
    void when_more_is_asked_for_than_key_groups_then_both_are_named() {
        assertThat(read(Map.of("min", 200, "max", 300)).problems())
                .extracting(ScalingProblem::why)
                .containsExactly("is more than spec.maxParallelism, which is 128");
    }

    private static SettingsReader.Read read(Map<String, ?> fields) {
        return SettingsReader.read(PATH, fields, ScalingSettings.defaults(), 128);
    }
}
