package stream.weir.service.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.election.LeaseRegister;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.service.rest.JobControl;
import stream.weir.store.ObjectStore;

/** The cluster that a coordinator runs in. */
public final class Cluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private final KubernetesClient client;
    private final JobName job;

    private Cluster(KubernetesClient client, JobName job) {
        this.client = client;
        this.job = job;
    }

    /** @param client of the pipeline's namespace; closed with this */
    public static Cluster of(KubernetesClient client, JobName job) {
        return new Cluster(client, job);
    }

    /** Where coordinators of the job keep their lease. */
    public LeaseRegister lease(Duration expires, InstantSource clock) {
        return new LeaseObject(client, job, expires, clock, () -> {
            try {
                return ClusterBoard.owner(client, job.name());
            } catch (KubernetesClientException e) {
                LOG.debug("the lease is nobody's", e);
                return Optional.empty();
            }
        });
    }

    /**
     * Shows the job in the cluster.
     *
     * @param pod name of this one
     */
    public Publisher publisher(JobControl control, ObjectStore store, String pod, Publisher.Ports ports) {
        ClusterBoard board =
                new ClusterBoard(client, job, id -> store.location() + "/" + CheckpointStore.checkpointName(id));
        return new Publisher(board, new InStore(control, CheckpointStore.of(store, job.name())), pod, ports);
    }

    @Override
    public void close() {
        client.close();
    }

    private record InStore(JobControl job, CheckpointStore store) implements Publisher.Kept {
        @Override
        public List<Long> all() throws Exception {
            return store.checkpoints();
        }

        @Override
        public Optional<Manifest> manifest(long checkpoint) throws Exception {
            return job.checkpoint(checkpoint);
        }
    }
}
