package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mistakes of people, and what they are told; what runs is not touched by them. */
@Timeout(900)
@ExtendWith(OnCluster.class)
final class RefusalsOnClusterIT {
    @Test
    void when_a_running_pipeline_is_changed_to_nonsense_then_it_is_refused_with_the_place_and_nothing_is_touched(
            Weir weir) throws Exception {
        try (Place place = Place.create(weir, "mistakes");
                Sums sums = Sums.start(weir, place, "sums", 1)) {
            // given
            sums.awaitMore();
            String yaml = Sums.yaml(weir, place, "sums", 1);
            Map<String, Place.Pod> pods = place.pods("weir.stream/pipeline=sums");
            // when, then: by the API server
            refused(
                    place,
                    yaml.replace("spec:\n", "spec:\n  maxParallelism: 64\n"),
                    "maxParallelism cannot be changed");
            refused(
                    place,
                    yaml.replace("interval: 1s", "intervall: 1s"),
                    "unknown field \"spec.checkpoint.intervall\"");
            refused(
                    place,
                    yaml.replace("replicas: 1\n      inputs", "replicas: 500\n      inputs"),
                    "more replicas than");
            refused(place, yaml.replace("from: sums", "from: totals"), "an input reads a stage of this pipeline");
            refused(place, yaml.replace("name: sums}", "name: " + "s".repeat(60) + "}"), "at most 51 characters");
            refused(place, yaml.replace("interval: 1s", "interval: -1s"), "spec.checkpoint.interval");
            refused(place, yaml.replace("- name: report", "- name: sums"), "Duplicate value: {\"name\":\"sums\"}");
            assertThat(refusalOfScale(place, 500)).contains("more replicas than");
            // when, then: by the operator
            stalled(place, yaml.replace("interval: 1s", "interval: 0s"), "checkpoint.interval");
            stalled(place, yaml.replace("{from: numbers, keyBy: [key]}", "{from: report, keyBy: [key]}"), "report");
            // then
            place.apply(yaml);
            Cluster.await(
                    "it works again", () -> place.condition("sums", "Stalled"), said -> !said.startsWith("True "));
            place.awaitReady("sums");
            assertThat(place.pods("weir.stream/pipeline=sums")).isEqualTo(pods);
            sums.awaitMore();
            sums.suspendAndAssertExact();
        }
    }

    @Test
    void when_the_store_refuses_the_pipeline_then_it_does_not_start_and_has_the_code_of_the_store(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "store-refuses")) {
            // when
            place.apply("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: wrong-keys}
                    stringData: {AWS_ACCESS_KEY_ID: nobody, AWS_SECRET_ACCESS_KEY: knows-them}
                    """);
            place.apply(Sums.yaml(weir, place, "keys", 1)
                    .replace("credentialsSecret: trial-store", "credentialsSecret: wrong-keys"));
            place.apply(Sums.yaml(weir, place, "bucket", 1).replace("s3://weir/", "s3://no-such-bucket/"));
            // then
            Cluster.await(
                    "the code", () -> place.condition("keys", "Ready"), said -> said.contains("InvalidAccessKeyId"));
            Cluster.await("the code", () -> place.condition("bucket", "Ready"), said -> said.contains("NoSuchBucket"));
            assertThat(place.condition("keys", "Ready")).startsWith("False ");
            assertThat(place.condition("bucket", "Ready")).startsWith("False ");
            place.kubectl("delete", "streampipelines", "--all", "--timeout=60s");
        }
    }

    private static void refused(Place place, String yaml, String why) {
        assertThat(place.refusal(yaml)).contains(why);
    }

    private static String refusalOfScale(Place place, int replicas) {
        try {
            place.kubectl("scale", "streamstage/sums-sums", "--replicas=" + replicas);
        } catch (java.io.IOException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("was accepted");
    }

    private static void stalled(Place place, String yaml, String why) throws Exception {
        place.apply(yaml);
        String generation = place.field("streampipeline/sums", ".metadata.generation");
        place.waitFor("streampipeline/sums", "jsonpath={.status.observedGeneration}=" + generation);
        assertThat(place.condition("sums", "Stalled"))
                .startsWith("True InvalidSpec: ")
                .contains(why);
    }
}
