package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Load that comes and goes, and a keyed stage that follows it by itself. */
@Timeout(900)
@ExtendWith(OnCluster.class)
@EnabledIfSystemProperty(named = "weir.cluster", matches = "full")
final class AutoscalingOnClusterIT {
    private static final int ORDERS = 50_000;

    /** Five thousand rows are made of each, and one of them is kept: what one replica has to do is far more than it shall. */
    private static final String WORDS = "x ".repeat(5_000) + "y";

    private static final String PIPELINE = """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: steps}
            spec:
              checkpoint:
                interval: 1s
                tolerableFailures: -1
                snapshots: {uri: "s3://weir/@place@", endpoint: "@store@", pathStyle: true, credentialsSecret: trial-store}
              state: {backend: RocksDB, incremental: true}
              stages:
                - name: orders
                  source:
                    kafka:
                      brokers: "@kafka@"
                      topic: @place@-in
                      schema: {customer: string, cents: int, at: timestamp}
                    rate: 400
                - name: totals
                  inputs: [{from: orders, keyBy: [customer]}]
                  scale:
                    mode: Auto
                    min: 1
                    max: 3
                    targetUtilization: 0.1
                    tolerance: 0.05
                    catchUp: 0s
                    window: 15s
                    warmUp: 5s
                    scaleUpWindow: 5s
                    scaleUpCooldown: 5s
                    scaleDownWindow: 10s
                    scaleDownCooldown: 10s
                    maxScaleDownFactor: 0.1
                  steps:
                    - flatMap: {as: word, of: "'@words@'.split(' ')"}
                    - filter: word == "y"
                    - aggregate: {fields: {orders: {count: "*"}, spent: {sum: cents}}}
                - name: report
                  inputs: [{from: totals}]
                  sink:
                    kafka: {brokers: "@kafka@", topic: @place@-out, key: [customer], format: json}
            """;

    @Test
    void when_load_comes_and_goes_then_a_keyed_stage_has_three_replicas_and_one_again_and_output_is_exact(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "autoscaling");
                TotalsTopics topics = TotalsTopics.create(weir.kafka(), "autoscaling-in", "autoscaling-out")) {
            // given
            place.apply(PIPELINE.replace("@place@", place.name())
                    .replace("@store@", Weir.STORE)
                    .replace("@words@", WORDS)
                    .replace("@kafka@", weir.kafka().bootstrap()));
            place.awaitReady("steps");
            var orders = place.pods("weir.stream/stage=orders");
            // when
            topics.feed(ORDERS);
            place.waitFor("streamstage/steps-totals", "jsonpath={.status.replicas}=3");
            Cluster.await("all totals", topics::rows, rows -> rows >= ORDERS);
            place.waitFor("streamstage/steps-totals", "jsonpath={.status.replicas}=1");
            // then
            assertThat(place.field("streamstage/steps-totals", ".spec.replicas"))
                    .isEqualTo("1");
            assertThat(place.pods("weir.stream/stage=orders")).isEqualTo(orders);
            place.kubectl("patch", "streampipeline", "steps", "--type=merge", "-p", "{\"spec\":{\"suspend\":true}}");
            place.awaitPhase("steps", "Suspended");
            topics.assertExact();
        }
    }
}
