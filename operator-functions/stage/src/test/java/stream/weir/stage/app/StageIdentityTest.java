package stream.weir.stage.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StageIdentityTest {
    private static final UUID LIFE = new UUID(1, 2);
    private static final Map<String, String> POD = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "HOSTNAME", "sums-7");

    @Test
    void when_a_name_is_told_then_it_is_that() {
        assertThat(StageIdentity.instance(Optional.of("mine"), POD, LIFE)).isEqualTo("mine");
    }

    @Test
    void when_it_runs_in_a_cluster_then_the_name_is_the_pods() {
        assertThat(StageIdentity.instance(Optional.empty(), POD, LIFE)).isEqualTo("sums-7");
    }

    /** A host's name would be that of all processes on it. */
    @Test
    void when_it_runs_elsewhere_then_the_name_is_its_own() {
        assertThat(StageIdentity.instance(Optional.empty(), Map.of("HOSTNAME", "laptop"), LIFE))
                .isEqualTo(LIFE.toString());
    }
}
