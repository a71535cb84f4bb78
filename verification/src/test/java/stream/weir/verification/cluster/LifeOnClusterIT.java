package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where pipelines begin, and how they end. */
@Timeout(900)
@ExtendWith(OnCluster.class)
final class LifeOnClusterIT {
    @Test
    void when_another_pipeline_restores_from_a_checkpoint_by_name_then_it_goes_on_exactly_from_there(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "restore");
                Sums first = Sums.start(
                        weir,
                        place,
                        "sums",
                        2,
                        yaml -> yaml.replace("interval: 1s", "interval: 1s\n    retained: 100"))) {
            // given
            first.awaitMore();
            // The record follows the checkpoint: rows are committed a moment before it can be seen.
            List<String> checkpoints = Cluster.await(
                    "a record of a checkpoint",
                    () -> place.kubectl(
                                    "get",
                                    "checkpoints",
                                    "-l",
                                    "weir.stream/pipeline=sums",
                                    "--sort-by=.spec.id",
                                    "-o",
                                    "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}")
                            .lines()
                            .toList(),
                    all -> !all.isEmpty());
            String name = checkpoints.getLast();
            first.awaitMore();
            // when
            try (Sums second = Sums.start(
                    weir,
                    place,
                    "again",
                    3,
                    yaml -> yaml.replace(
                            "  coordinator:", "  restoreFrom: {checkpoint: " + name + "}\n  coordinator:"))) {
                second.awaitMore();
                Cluster.await("rows of all keys", second.output()::hasAllKeys, all -> all);
                second.suspend();
                // then
                long before = second.output().before();
                assertThat(before).isPositive();
                second.output().assertExactAfter(before);
            }
            first.suspendAndAssertExact();
        }
    }

    @Test
    void when_what_to_restore_from_is_not_there_then_the_pipeline_waits_and_does_not_begin_empty(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "restore-none")) {
            // when
            place.apply(Sums.yaml(weir, place, "sums", 1)
                    .replace("  coordinator:", "  restoreFrom: {checkpoint: orders-0000000042}\n  coordinator:"));
            place.waitFor("streampipeline/sums", "condition=Stalled");
            // then
            assertThat(place.condition("sums", "Stalled"))
                    .startsWith("True RestoreFailed: ")
                    .contains("orders-0000000042");
            assertThat(place.pods("weir.stream/pipeline=sums")).isEmpty();
        }
    }

    @Test
    void when_two_pipelines_have_one_prefix_then_the_second_is_refused_and_the_first_goes_on(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "prefix");
                Place other = Place.create(weir, "prefix-too");
                Sums first = Sums.start(weir, place, "sums", 1)) {
            // given
            first.awaitMore();
            var pods = place.pods("weir.stream/pipeline=sums");
            // when
            other.apply(Sums.yaml(weir, place, "sums", 1));
            other.waitFor("streampipeline/sums", "condition=Stalled");
            // then
            assertThat(other.condition("sums", "Stalled"))
                    .contains("OWNED_BY_ANOTHER", "s3://weir/prefix", "prefix/sums");
            assertThat(other.condition("sums", "Ready")).startsWith("False ");
            first.awaitMore();
            assertThat(place.pods("weir.stream/pipeline=sums")).isEqualTo(pods);
            first.suspendAndAssertExact();
        }
    }

    @Test
    void when_a_pipeline_is_deleted_with_its_data_while_the_store_is_down_then_it_goes_in_time_and_says_so(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "store-down");
                Sums sums = Sums.start(
                        weir, place, "sums", 1, yaml -> yaml.replace("spec:\n", "spec:\n  deletionPolicy: Delete\n"))) {
            // given
            sums.awaitMore();
            weir.stopStore();
            // when
            place.delete("streampipeline/sums");
            // then
            assertThat(place.events("CleanupFailed"))
                    .singleElement()
                    .asString()
                    .contains("data that were not deleted stay where they are");
            Cluster.await(
                    "its pods go", () -> place.pods("weir.stream/pipeline=sums").size(), size -> size == 0);
            sums.output().assertExact();
        } finally {
            weir.startStore();
        }
    }
}
