package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a pipeline whose policy cannot be carried out. */
final class DeletionIT {
    private ApiServer api;
    private World world;

    @BeforeEach
    void start() throws IOException {
        api = ApiServer.shared();
        world = new World(api);
    }

    /** A policy of the cluster may forbid it, or a webhook that is asked about it be down. */
    @Test
    void when_stages_cannot_be_scaled_then_the_pipeline_goes_in_time_and_says_why() {
        // given
        world.apply(LifeIT.SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        api.meanwhile = request -> {
            if (request.uri().getPath().endsWith("/scale")) {
                throw new KubernetesClientException("no scaling today", HttpURLConnection.HTTP_FORBIDDEN, null);
            }
        };
        // when
        world.admin.resource(world.pipeline()).delete();
        world.reconcile();
        assertThat(world.pipeline()).as("it is tried for a while").isNotNull();
        world.pass(Duration.ofMinutes(6));
        world.reconcile();
        // then
        assertThat(world.pipeline()).isNull();
        assertThat(world.job.dataDeleted).isFalse();
        assertThat(world.admin.v1().events().inNamespace(world.namespace).list().getItems())
                .filteredOn(event -> event.getReason().equals("CleanupFailed"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getMessage()).contains("it took more than 300 s", "no scaling today"));
    }
}
