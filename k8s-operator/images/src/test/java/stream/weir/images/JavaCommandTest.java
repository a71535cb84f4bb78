package stream.weir.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JavaCommandTest {
    @Test
    void when_a_service_is_trained_then_its_flags_are_those_of_the_image() {
        assertThat(JavaCommand.entryPoint())
                .startsWith("java", "-XX:AOTCache=/app/app.aot")
                .endsWith("-jar", "/app/quarkus-run.jar")
                .containsAll(JavaCommand.arguments("/app"));
    }

    @Test
    void when_the_cache_is_written_then_only_the_collector_differs() {
        assertThat(JavaCommand.creating("/app"))
                .contains("-XX:+UseG1GC")
                .doesNotContain("-XX:+UseSerialGC")
                .hasSameSizeAs(JavaCommand.arguments("/app"));
    }
}
