package stream.weir.benchmarks.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.benchmarks.WorkloadOptions;

/** A small run of b12: all rows come out, each once; how late says nothing here. */
@Timeout(300)
class RunTopicsIT {
    @TempDir
    private Path folder;

    @Test
    void when_rows_went_from_topic_to_topic_then_each_has_come_once_and_those_after_the_warm_up_count()
            throws Exception {
        // given
        WorkloadOptions options = WorkloadOptions.parse(
                new String[] {"--rate", "500", "--warm-seconds", "1", "--seconds", "2", "--checkpoint-interval", "100"
                });
        // when
        String line = RunTopics.line(options, folder);
        // then
        assertThat(line).contains("\"rate\":500,", "\"measured\":1000,", "\"rows\":1500");
    }
}
