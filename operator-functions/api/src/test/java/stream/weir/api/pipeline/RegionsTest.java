package stream.weir.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.api.pipeline.Regions.Member;

class RegionsTest {
    private static Member reads(String stage, String... inputs) {
        return new Member(stage, List.of(inputs), Optional.empty());
    }

    private static Member durable(String stage, String from) {
        return new Member(stage, List.of(), Optional.of(from));
    }

    @Test
    void when_nothing_is_durable_then_there_is_one_region_whatever_is_connected() {
        assertThat(Regions.names("p", List.of(reads("a"), reads("b", "a"), reads("x"), reads("y", "x"))))
                .containsOnlyKeys("p")
                .containsEntry("p", List.of("a", "b", "x", "y"));
    }

    @Test
    void when_an_edge_is_durable_then_what_is_below_it_is_a_region_of_its_own() {
        assertThat(Regions.names(
                        "p",
                        List.of(reads("in"), reads("clean", "in"), durable("take", "clean"), reads("sum", "take"))))
                .containsOnlyKeys("p", "p-take")
                .containsEntry("p", List.of("in", "clean"))
                .containsEntry("p-take", List.of("take", "sum"));
    }

    @Test
    void when_several_durable_edges_lead_to_connected_stages_then_the_first_names_their_region() {
        assertThat(Regions.names(
                        "p",
                        List.of(
                                reads("in"),
                                durable("left", "in"),
                                durable("right", "in"),
                                reads("both", "left", "right"),
                                durable("last", "both"))))
                .containsEntry("p", List.of("in"))
                .containsEntry("p-left", List.of("left", "right", "both"))
                .containsEntry("p-last", List.of("last"));
    }

    @Test
    void when_late_rows_connect_the_stages_in_another_order_then_they_are_one_region() {
        assertThat(Regions.names(
                        "p", List.of(reads("late", "sum"), durable("take", "in"), reads("sum", "take"), reads("in"))))
                .containsEntry("p-take", List.of("late", "take", "sum"))
                .containsEntry("p", List.of("in"));
    }
}
