package stream.weir.service.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import stream.weir.wiring.SignOfLife;

/** Says whether the process is alive and ready, and why not. */
final class CoordinatorHealth {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private CoordinatorHealth() {}

    /** Alive as long as the coordinator's thread does something. */
    @Liveness
    @ApplicationScoped
    static class Alive implements HealthCheck {
        private final CoordinatorService service;

        @Inject
        Alive(CoordinatorService service) {
            this.service = service;
        }

        @Override
        public HealthCheckResponse call() {
            Optional<String> missing = SignOfLife.missing(service.ping(), PATIENCE, "the coordinator");
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("coordinator").status(missing.isEmpty());
            missing.ifPresent(reason -> response.withData("reason", reason));
            return response.build();
        }
    }

    /** Ready when it leads, or waits to lead. */
    @Readiness
    @ApplicationScoped
    static class Ready implements HealthCheck {
        private final CoordinatorService service;

        @Inject
        Ready(CoordinatorService service) {
            this.service = service;
        }

        @Override
        public HealthCheckResponse call() {
            HealthCheckResponseBuilder response = HealthCheckResponse.named("leadership");
            if (!service.isStarted()) {
                return response.down().withData("reason", "not started yet").build();
            }
            response.up().withData("role", service.control().leads() ? "leads" : "waits to lead");
            service.control().leader().ifPresent(leader -> response.withData("leader", leader));
            return response.withData("phase", service.control().view().phase().name())
                    .build();
        }
    }
}
