package stream.weir.stage.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import stream.weir.stage.StageProcess.Observation;

/** Says whether the process is alive and ready, and why not. */
final class StageHealth {
    private static final long PATIENCE_SECONDS = 30;

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
            HealthCheckResponseBuilder response = HealthCheckResponse.named("process");
            try {
                service.ping().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return response.up().build();
            } catch (TimeoutException e) {
                return response.down()
                        .withData("reason", "the process has done nothing for " + PATIENCE_SECONDS + " s")
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
