package stream.weir.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.kubernetes.resource.StreamSavepoint;
import stream.weir.operator.reconcile.ApiServer;

/** Two operators of one Lease, with the rights of the role, against a real API server. */
@Timeout(300)
final class LeadershipIT {
    private static final AtomicInteger LEASES = new AtomicInteger();
    private static final List<String> TIMES = List.of(
            "evict-after",
            "cleanup-timeout",
            "savepoint-timeout",
            "watch-interval",
            "request-timeout",
            "upgrade.progress-deadline");

    private final String lease = "leadership-" + LEASES.incrementAndGet();
    private final List<Candidate> candidates = new ArrayList<>();
    private KubernetesClient client;
    private KubernetesClient admin;

    @BeforeEach
    void connect() throws IOException {
        client = ApiServer.shared().operator();
        admin = ApiServer.shared().admin();
    }

    @AfterEach
    void end() {
        candidates.forEach(Candidate::end);
    }

    @Test
    void when_the_leader_is_told_to_end_then_it_gives_its_lease_back_and_the_next_one_leads() throws Exception {
        // given
        Candidate first = start();
        awaitHolder(first.identity());
        Candidate second = start();
        // when
        first.end();
        // then
        assertThat(holder()).as("given back, or taken already").isNotEqualTo(first.identity());
        awaitHolder(second.identity());
    }

    @Test
    void when_one_that_does_not_lead_is_told_to_end_then_the_lease_is_the_leaders_still() throws Exception {
        // given
        Candidate first = start();
        awaitHolder(first.identity());
        Candidate second = start();
        // when
        second.end();
        // then
        assertThat(holder()).isEqualTo(first.identity());
    }

    private String holder() {
        return String.valueOf(lease().getSpec().getHolderIdentity());
    }

    private Lease lease() {
        return admin.leases().inNamespace("default").withName(lease).get();
    }

    private void awaitHolder(String identity) {
        admin.leases()
                .inNamespace("default")
                .withName(lease)
                .waitUntilCondition(
                        now -> now != null && identity.equals(now.getSpec().getHolderIdentity()),
                        120,
                        TimeUnit.SECONDS);
    }

    private Candidate start() {
        Map<String, String> settings = new HashMap<>(
                Map.of("weir.operator.election.lease", lease, "weir.operator.election.namespace", "default"));
        // Without Quarkus nobody reads "5m".
        TIMES.forEach(time -> settings.put("weir.operator." + time, "PT1M"));
        OperatorConfiguration configured = new SmallRyeConfigBuilder()
                .withMapping(OperatorConfiguration.class)
                .withSources(new PropertiesConfigSource(settings, "test", 0))
                .build()
                .getConfigMapping(OperatorConfiguration.class);
        Leadership leadership = new Leadership();
        LeaderElectionConfiguration election = leadership.election(configured);
        Operator operator = new Operator(its -> its.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withLeaderElectionConfiguration(election));
        operator.register(new Nothing());
        operator.start();
        Candidate candidate = new Candidate(
                leadership, operator, configured, election.getIdentity().orElseThrow(), client);
        candidates.add(candidate);
        return candidate;
    }

    private record Candidate(
            Leadership leadership,
            Operator operator,
            OperatorConfiguration configured,
            String identity,
            KubernetesClient client) {
        void end() {
            leadership.stop(new ShutdownEvent(), operator, client, configured);
        }
    }

    /** An operator has to have something to do. */
    @ControllerConfiguration(name = "nothing")
    private static final class Nothing implements Reconciler<StreamSavepoint> {
        @Override
        public UpdateControl<StreamSavepoint> reconcile(StreamSavepoint resource, Context<StreamSavepoint> context) {
            return UpdateControl.noUpdate();
        }
    }
}
