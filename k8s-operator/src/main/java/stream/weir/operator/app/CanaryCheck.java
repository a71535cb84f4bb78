package stream.weir.operator.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Is down, so that the pod is started again, when a change of a canary was not heard of. Without canaries it is always up. */
@Liveness
@Singleton
class CanaryCheck implements HealthCheck {
    private final Canaries canaries;

    @Inject
    CanaryCheck(Canaries canaries) {
        this.canaries = canaries;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> silent = canaries.silent();
        return HealthCheckResponse.named("changes of canaries are heard of")
                .status(silent.isEmpty())
                .withData("silent", String.join(", ", silent))
                .build();
    }
}
