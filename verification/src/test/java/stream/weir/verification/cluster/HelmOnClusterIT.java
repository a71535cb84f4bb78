package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Helm chart, rendered by Helm with all its values, and looked at by a real API server. */
@Timeout(300)
@ExtendWith(OnCluster.class)
final class HelmOnClusterIT {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void when_the_chart_is_rendered_then_the_api_server_takes_all_of_it(Weir weir, @TempDir Path folder)
            throws Exception {
        assumeTrue(isThere("helm"), "skipped: there is no helm on the PATH");
        Path rendered = folder.resolve("rendered.yaml");
        try (Place place = Place.create(weir, "chart")) {
            // when
            Files.writeString(rendered, render(weir, place.name()));
            // then: nothing is changed by it
            String taken = place.kubectl(
                    "apply", "--server-side", "--force-conflicts", "--dry-run=server", "-f", rendered.toString());
            assertThat(taken)
                    .contains("deployment.apps/weir-operator", "streampipelines.weir.stream", "weir-operator-nodes");
            assertThat(Files.readString(rendered))
                    .contains("here/weir-operator:there", "WEIR_OPERATOR_JSON_LOGS: \"true\"");
        }
    }

    private static String render(Weir weir, String namespace) throws IOException {
        return weir.cluster()
                .program(
                        SOON,
                        "helm",
                        "template",
                        "weir",
                        Cluster.ROOT.resolve("deploy/helm/weir").toString(),
                        "--include-crds",
                        "--kube-version=1.34",
                        "--namespace=" + namespace,
                        "--set=images.registry=here,images.tag=there,images.pullPolicy=Always,images.pullSecrets={keys}",
                        "--set=operator.settings.WEIR_OPERATOR_JSON_LOGS=true,operator.nodeSelector.disk=fast",
                        "--set=operator.tolerations[0].key=mine,operator.tolerations[0].operator=Exists");
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
