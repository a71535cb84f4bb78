package stream.weir.service.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import stream.weir.kubernetes.resource.CheckpointSpec;

final class JobNameTest {
    private static final JobName WHOLE = new JobName("sums", Optional.empty());
    private static final JobName UPPER = new JobName("sums", Optional.of("sums"));
    private static final JobName LOWER = new JobName("sums", Optional.of("sums-take"));

    @Test
    void when_a_pipeline_has_one_region_then_its_objects_are_called_as_the_pipeline() {
        assertThat(WHOLE.name()).isEqualTo("sums");
        assertThat(WHOLE.labels()).isEqualTo(Map.of("weir.stream/pipeline", "sums"));
    }

    @Test
    void when_it_has_several_then_objects_are_called_as_the_region_and_found_by_both() {
        assertThat(LOWER.name()).isEqualTo("sums-take");
        assertThat(LOWER.labels()).isEqualTo(Map.of("weir.stream/pipeline", "sums", "weir.stream/region", "sums-take"));
    }

    @Test
    void when_checkpoints_of_a_pipeline_are_listed_then_each_region_has_its_own() {
        assertThat(LOWER.has(checkpoint("sums-take"))).isTrue();
        assertThat(LOWER.has(checkpoint("sums"))).isFalse();
        assertThat(UPPER.has(checkpoint("sums"))).isTrue();
        assertThat(UPPER.has(checkpoint("sums-take"))).isFalse();
        assertThat(UPPER.has(checkpoint(null)))
                .as("from when there was one region")
                .isTrue();
        assertThat(LOWER.has(checkpoint(null))).isFalse();
        assertThat(WHOLE.has(checkpoint(null))).isTrue();
    }

    private static CheckpointSpec checkpoint(@Nullable String region) {
        return new CheckpointSpec("sums", 7, 1L, "s3://bucket/sums/checkpoints/0000000007.json", region);
    }
}
