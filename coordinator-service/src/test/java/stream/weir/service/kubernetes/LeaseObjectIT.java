package stream.weir.service.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.coordinator.election.Hall;
import stream.weir.coordinator.election.LeaderElection;
import stream.weir.coordinator.election.LeaderElectionContract;
import stream.weir.coordinator.election.LeaseConfig;
import stream.weir.coordinator.election.LeaseDocument;
import stream.weir.coordinator.election.LeaseElection;
import stream.weir.coordinator.election.LeaseException;
import stream.weir.coordinator.election.LeaseRegister;
import stream.weir.testservers.KubernetesApi;

/** Leases in a real API server. */
final class LeaseObjectIT extends LeaderElectionContract {
    @TempDir
    private static @Nullable Path folder;

    private static @Nullable KubernetesApi api;
    private static @Nullable KubernetesClient client;
    private boolean away;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(KubernetesApi.whyNotAvailable()).isEmpty();
        KubernetesApi started = KubernetesApi.start(folder(), Map.of());
        api = started;
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(started.url().toString())
                .withOauthToken(KubernetesApi.ADMIN_TOKEN)
                .withCaCertFile(started.certificate().toString())
                .withNamespace("default")
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterAll
    static void stop() throws IOException {
        if (client != null) {
            client.close();
        }
        if (api != null) {
            api.close();
        }
    }

    @BeforeEach
    void nobodyLeads() {
        client().leases().withName("sums-coordinator").delete();
    }

    @Override
    protected LeaderElection candidate(Hall.Seat seat) {
        Executor executor = seat::run;
        LeaseElection.Ports ports = new LeaseElection.Ports(executor, executor, seat, seat::nanos, seat::nonce);
        return new LeaseElection(new Reached(register()), seat.name(), LeaseConfig.defaults(), ports);
    }

    @Override
    protected void reachable(boolean reachable) {
        away = !reachable;
    }

    @Test
    void when_somebody_leads_then_people_see_who_and_when_given_up_then_nobody() {
        // given
        hall().stands("a", this::candidate);
        Lease held = client().leases().withName("sums-coordinator").get();
        assertThat(held.getSpec().getHolderIdentity()).isEqualTo("a");
        assertThat(held.getSpec().getLeaseDurationSeconds()).isEqualTo(4);
        // when
        hall().leaves("a");
        // then
        Lease released = client().leases().withName("sums-coordinator").get();
        assertThat(released.getSpec().getHolderIdentity()).isEmpty();
    }

    @Test
    void when_a_version_is_old_then_it_is_not_replaced() throws LeaseException {
        // given
        LeaseRegister register = register();
        register.create(document("a", "1"));
        String first = register.read().orElseThrow().version();
        assertThat(register.replace(first, document("a", "2"))).isPresent();
        // then
        assertThat(register.replace(first, document("b", "3"))).isEmpty();
        assertThat(register.read().orElseThrow().document()).isEqualTo(document("a", "2"));
    }

    private static LeaseDocument document(String holder, String turn) {
        return new LeaseDocument(holder, turn, LeaseDocument.State.HELD);
    }

    private static LeaseObject register() {
        return new LeaseObject(
                client(),
                new JobName("sums", Optional.empty()),
                Duration.ofSeconds(4),
                InstantSource.system(),
                Optional::empty);
    }

    private static KubernetesClient client() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    private static Path folder() {
        if (folder == null) {
            throw new IllegalStateException("no folder");
        }
        return folder;
    }

    /** Unless it is away. */
    private final class Reached implements LeaseRegister {
        private final LeaseRegister register;

        private Reached(LeaseRegister register) {
            this.register = register;
        }

        @Override
        public Optional<Entry> read() throws LeaseException {
            check();
            return register.read();
        }

        @Override
        public void create(LeaseDocument document) throws LeaseException {
            check();
            register.create(document);
        }

        @Override
        public Optional<String> replace(String version, LeaseDocument document) throws LeaseException {
            check();
            return register.replace(version, document);
        }

        private void check() throws LeaseException {
            if (away) {
                throw new LeaseException("no route to host", new IOException("no route to host"));
            }
        }
    }
}
