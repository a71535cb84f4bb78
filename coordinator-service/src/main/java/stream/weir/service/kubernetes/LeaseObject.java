package stream.weir.service.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import stream.weir.coordinator.election.LeaseDocument;
import stream.weir.coordinator.election.LeaseDocument.State;
import stream.weir.coordinator.election.LeaseException;
import stream.weir.coordinator.election.LeaseRegister;
import stream.weir.kubernetes.resource.Weir;

/**
 * Keeps the lease as a {@code coordination.k8s.io} Lease, replaced by its resource version. Its times are for people: nobody compares
 * them. An empty holder means that it was given up, as with other users of such leases.
 */
public final class LeaseObject implements LeaseRegister {
    private static final String TURN = Weir.GROUP + "/turn";

    private final KubernetesClient client;
    private final JobName job;
    private final Duration expires;
    private final InstantSource clock;
    private final Supplier<Optional<OwnerReference>> owner;

    /**
     * @param expires what the lease says of its duration
     * @param owner with whom it is deleted; asked when the lease is created
     */
    public LeaseObject(
            KubernetesClient client,
            JobName job,
            Duration expires,
            InstantSource clock,
            Supplier<Optional<OwnerReference>> owner) {
        this.client = client;
        this.job = job;
        this.expires = expires;
        this.clock = clock;
        this.owner = owner;
    }

    @Override
    public Optional<Entry> read() throws LeaseException {
        try {
            return Optional.ofNullable(resource().get()).map(LeaseObject::entry);
        } catch (KubernetesClientException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void create(LeaseDocument document) throws LeaseException {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(name())
                .withLabels(job.labels())
                .withOwnerReferences(owner.get().map(List::of).orElse(List.of()))
                .endMetadata()
                .build();
        try {
            Lease created = client.resource(write(lease, document)).create();
            assert created != null;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw failed("create", e);
            }
        }
    }

    @Override
    public Optional<String> replace(String version, LeaseDocument document) throws LeaseException {
        try {
            Lease present = resource().get();
            if (present == null || !present.getMetadata().getResourceVersion().equals(version)) {
                return Optional.empty();
            }
            Lease replaced = client.resource(write(present, document))
                    .lockResourceVersion(version)
                    .update();
            return Optional.of(replaced.getMetadata().getResourceVersion());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.empty();
            }
            throw failed("replace", e);
        }
    }

    private Lease write(Lease lease, LeaseDocument document) {
        boolean held = document.state() == State.HELD;
        return lease.edit()
                .editMetadata()
                .addToAnnotations(TURN, document.turn())
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(held ? document.holder() : "")
                .withLeaseDurationSeconds(Math.toIntExact(Math.max(1, expires.toSeconds())))
                .withRenewTime(clock.instant().atZone(ZoneOffset.UTC))
                .endSpec()
                .build();
    }

    private static Entry entry(Lease lease) {
        String holder = Optional.ofNullable(lease.getSpec())
                .map(spec -> spec.getHolderIdentity())
                .orElse("");
        String turn = Optional.ofNullable(lease.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(TURN))
                .orElse("");
        State state = holder.isEmpty() ? State.RELEASED : State.HELD;
        return new Entry(lease.getMetadata().getResourceVersion(), new LeaseDocument(holder, turn, state));
    }

    private Resource<Lease> resource() {
        return client.leases().withName(name());
    }

    private String name() {
        return Weir.coordinator(job.name());
    }

    private LeaseException failed(String what, KubernetesClientException error) {
        return new LeaseException("could not " + what + " Lease " + name() + ": " + error.getMessage(), error);
    }
}
