package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pipeline that the operator's image is trained with: nobody checks it there, so it is held to a real API server here. */
final class TrainingPipelineIT {
    private static final Path FILE = Path.of(System.getProperty("weir.root", ".."))
            .resolve("k8s-operator/images/src/main/resources/stream/weir/images/training-pipeline.json");

    @Test
    void when_it_is_applied_then_it_is_taken_and_runs() throws IOException {
        // given
        World world = new World(ApiServer.shared());
        KubernetesSerialization json = new KubernetesSerialization();
        Map<?, ?> resource = json.unmarshal(Files.readString(FILE), Map.class);
        // when
        world.apply(json.asJson(resource.get("spec")));
        world.settle();
        // then
        world.assertRuns();
        assertThat(world.replicas()).isEqualTo(Map.of("numbers", 1, "sums", 2));
    }
}
