package stream.weir.operator.app;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this process comes to lead, and ceases to. One that is told to end gives its lease back, so that the next one need not wait until
 * it has expired; one that loses it ends.
 */
@Singleton
class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final int AFTER_OTHERS = 3_000;

    private final String identity = UUID.randomUUID().toString();
    private final AtomicBoolean ending = new AtomicBoolean();

    /** The SDK's own way out would wait within the shutdown for the shutdown. */
    @Produces
    @Singleton
    LeaderElectionConfiguration election(OperatorConfiguration configured) {
        return new LeaderElectionConfiguration(
                configured.election().lease(),
                configured.election().namespace().orElse(null),
                LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
                LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
                LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
                identity,
                new LeaderCallbacks(() -> {}, this::stopped, leader -> {}),
                false);
    }

    private void stopped() {
        if (!ending.get()) {
            LOG.error("the lease is lost: another operator leads, or soon will; this one ends");
            Quarkus.asyncExit(1);
        }
    }

    /** The SDK does not stop an operator that it has not started itself, and keeps its lease until that expires. */
    void stop(
            @Observes @Priority(AFTER_OTHERS) ShutdownEvent shutdown,
            Operator operator,
            KubernetesClient client,
            OperatorConfiguration configured) {
        ending.set(true);
        try {
            giveBack(client, configured.election());
        } catch (KubernetesClientException e) {
            LOG.warn("the lease could not be given back, and expires by itself", e);
        }
        operator.stop();
    }

    /** By its version: what somebody else has written meanwhile stays. */
    private void giveBack(KubernetesClient client, OperatorConfiguration.ElectionSettings election) {
        Lease lease = client.leases()
                .inNamespace(election.namespace().orElseGet(client::getNamespace))
                .withName(election.lease())
                .get();
        if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
            lease.getSpec().setHolderIdentity("");
            lease.getSpec().setLeaseDurationSeconds(1);
            client.resource(lease).update();
        }
    }
}
