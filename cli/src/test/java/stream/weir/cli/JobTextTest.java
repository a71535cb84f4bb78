package stream.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;

/** A job in lines. */
class JobTextTest {
    @Test
    void when_the_newest_checkpoint_has_sizes_of_states_then_the_largest_are_told() throws Exception {
        // given
        StringBuilder states = new StringBuilder();
        for (int i = 1; i <= 7; i++) {
            states.append(i == 1 ? "" : ", ")
                    .append("{\"stage\": \"totals\", \"state\": \"sum/s")
                    .append(i)
                    .append("\", \"bytes\": ")
                    .append(i * 1024)
                    .append(", \"estimated\": ")
                    .append(i == 7)
                    .append("}");
        }
        Value job = Json.read("{\"checkpoints\": {\"newest\": {\"id\": 42, \"states\": [" + states + "]}}}");
        // then
        assertThat(JobText.status(job))
                .containsSubsequence(
                        "  state totals/sum/s7: about 7.0 KiB",
                        "  state totals/sum/s6: 6.0 KiB",
                        "  state totals/sum/s3: 3.0 KiB",
                        "  and 2 smaller ones: weir checkpoints 42 has all");
    }

    @Test
    void when_a_coordinator_tells_no_sizes_then_there_are_no_lines_of_them() throws Exception {
        // given
        Value job = Json.read("{\"checkpoints\": {\"newest\": {\"id\": 42}}}");
        // then
        assertThat(JobText.status(job)).noneMatch(line -> line.contains("state "));
    }

    @Test
    void when_a_key_group_is_hot_then_its_number_and_its_replica_are_told() throws Exception {
        // given
        Value job = Json.read("{\"stages\": [{\"name\": \"totals\", \"replicas\": [{\"index\": 1,"
                + " \"figures\": {\"counts\": {\"hot-key-group.77\": 640, \"late\": 3}}}]}]}");
        // then
        assertThat(JobText.status(job)).contains("hot: key group 77 has 64% of the records of totals-1");
    }
}
