package stream.weir.service.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Says whether the process is alive and ready, and why not. */
final class CoordinatorHealth {
    private static final long PATIENCE_SECONDS = 10;

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
            HealthCheckResponseBuilder response = HealthCheckResponse.named("coordinator");
            try {
                service.ping().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return response.up().build();
            } catch (TimeoutException e) {
                return response.down()
                        .withData("reason", "the coordinator has done nothing for " + PATIENCE_SECONDS + " s")
                        .build();
            } catch (ExecutionException e) {
                return response.down()
                        .withData("reason", String.valueOf(e.getCause()))
                        .build();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return response.down().withData("reason", "interrupted").build();
            }
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
