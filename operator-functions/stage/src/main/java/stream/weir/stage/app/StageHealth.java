package stream.weir.stage.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import stream.weir.stage.StageProcess.Observation;
import stream.weir.wiring.SignOfLife;

/** Says whether the process is alive and ready, and why not. */
final class StageHealth {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private StageHealth() {}

    /**
     * Alive as long as the process's own thread does something. It may be busy for a while with ending a replica that hangs in a
     * function; it is not for a restart to hide that, so patience is long.
     */
    @Liveness
    @ApplicationScoped
    static class Alive implements HealthCheck {
        private final StageService service;

        @Inject
        Alive(StageService service) {
            this.service = service;
        }

        @Override
        public HealthCheckResponse call() {
            Optional<String> missing = SignOfLife.missing(service.ping(), PATIENCE, "the process");
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("process").status(missing.isEmpty());
            missing.ifPresent(reason -> response.withData("reason", reason));
            return response.build();
        }
    }

    /** Ready when it is a replica, or waits as a spare for a coordinator that it is connected to. */
    @Readiness
    @ApplicationScoped
    static class Ready implements HealthCheck {
        private final StageService service;

        @Inject
        Ready(StageService service) {
            this.service = service;
        }

        @Override
        public HealthCheckResponse call() {
            HealthCheckResponseBuilder response = HealthCheckResponse.named("replica");
            Optional<Observation> seen = service.observation();
            seen.ifPresent(
                    replica -> response.withData("replica", replica.replica().toString())
                            .withData("run", replica.fence().run()));
            boolean coordinated = service.isCoordinated();
            if (seen.isEmpty() && !coordinated) {
                return response.down()
                        .withData("reason", "no coordinator is connected, and there is no replica to run")
                        .build();
            }
            return response.up()
                    .withData("coordinator", coordinated ? "connected" : "lost; data flows on")
                    .build();
        }
    }
}
