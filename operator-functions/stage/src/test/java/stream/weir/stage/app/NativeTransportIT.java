package stream.weir.stage.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Without its library a process would work, but slower, and say nothing. */
@EnabledOnOs(OS.LINUX)
final class NativeTransportIT {
    @Test
    void when_a_process_runs_on_linux_then_its_sockets_are_the_systems_own() throws Exception {
        // when
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        // then
        try {
            assertThat(vertx.isNativeTransportEnabled())
                    .as("%s", vertx.unavailableNativeTransportCause())
                    .isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }
}
