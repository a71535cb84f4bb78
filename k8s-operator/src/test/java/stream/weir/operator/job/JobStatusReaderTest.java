package stream.weir.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.operator.job.JobStatus.Figures;
import stream.weir.operator.job.JobStatus.Phase;
import stream.weir.operator.job.JobStatus.Reason;
import stream.weir.operator.job.JobStatus.Recovery;
import stream.weir.operator.job.JobStatus.Totals;

final class JobStatusReaderTest {
    private static final Path STATUS = Path.of(System.getProperty("weir.root", ".."))
            .resolve("coordinator-service/src/test/resources/stream/weir/service/rest/status.json");

    private static final String FIGURES = """
            {"phase": "RESHAPING", "stages": [{"name": "in", "wanted": 1, "replicas": [{"index": 0, "opened": true, "figures":
              {"records": 900, "recordsPerSecond": 90.5, "busy": 0.4, "blocked": 0.1, "idle": 0.5, "watermark": null,
               "totals": {"upMillis": 10000, "busyMillis": 4000, "blockedMillis": 1000}, "lag": 12,
               "sent": {"sum": 450}, "counts": {}}}]}],
             "checkpoints": {"newest": {"id": 7, "status": "COMPLETED", "stages": {"in": 300}}}}""";

    @Test
    void when_figures_are_there_then_all_of_them_are_read() throws IOException {
        JobStatus status = read(FIGURES);
        Figures figures =
                status.stages().getFirst().replicas().getFirst().figures().orElseThrow();
        assertThat(status.phase()).isEqualTo(Phase.RESHAPING);
        assertThat(figures.totals()).hasValue(new Totals(10_000, 4_000, 1_000));
        assertThat(figures.lag()).hasValue(12);
        assertThat(figures.sent()).isEqualTo(Map.of("sum", 450L));
        assertThat(status.newest().orElseThrow().stages()).isEqualTo(Map.of("in", 300L));
    }

    @Test
    void when_replicas_went_back_then_the_last_time_is_read() throws IOException {
        JobStatus status = read("""
                {"phase": "RUNNING", "recoveries": [{"atMillis": 9, "cause": "sum-1 is lost", "run": 8, "toCheckpoint": 42},
                  {"atMillis": 4, "cause": "in-0 is lost", "run": 7, "toCheckpoint": 3}]}""");
        assertThat(status.recovered()).hasValue(new Recovery(8, 42, "sum-1 is lost"));
    }

    /** Written by coordinator-service itself; its test StatusJsonTest holds the file to what it writes now. */
    @Test
    void when_a_coordinator_of_now_answers_then_all_that_the_operator_looks_at_is_read() throws IOException {
        JobStatus status = read(Files.readString(STATUS));
        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
        assertThat(status.detail()).startsWith("STATE_DROPPED: ").contains("; STALLED: ");
        assertThat(status.reasons()).containsExactlyInAnyOrder(Reason.values());
        assertThat(status.isStalled()).isTrue();
        assertThat(status.isReshapeRefused()).isTrue();
        assertThat(status.run()).isEqualTo(3);
        assertThat(status.term()).isEqualTo(2);
        assertThat(status.revisions()).isEqualTo(Map.of("sum", "r1"));
        JobStatus.Replica replica = status.stages().getFirst().replicas().getFirst();
        assertThat(replica.instance()).hasValue("sum-0");
        assertThat(replica.opened()).isTrue();
        assertThat(replica.figures().orElseThrow().totals()).hasValue(new Totals(10_000, 4_000, 1_000));
        assertThat(replica.figures().orElseThrow().lag()).hasValue(12);
        assertThat(status.stages().getFirst().instances())
                .containsExactly(new JobStatus.Instance("sum-0", "r1", true, Optional.of(0)));
        assertThat(status.newest().orElseThrow().id()).isEqualTo(7);
        assertThat(status.newest().orElseThrow().stages()).isEqualTo(Map.of("sum", 300L));
        assertThat(status.lastEnded().orElseThrow().failure()).hasValue("TIMED_OUT");
        assertThat(status.inProgress()).isOne();
        assertThat(status.completed()).isEqualTo(7);
        assertThat(status.lost()).containsExactly(new JobStatus.Lost("sum-9", "sum", "no heartbeat", 4_000));
        assertThat(status.recovered()).hasValue(new Recovery(3, 6, "sum-9 is lost"));
    }

    @Test
    void when_a_coordinator_has_no_reasons_yet_or_more_of_them_then_its_detail_is_for_people_alone()
            throws IOException {
        JobStatus older = read("""
                {"phase": "RUNNING", "detail": "STALLED: stage sum replica 0 has read nothing for 45 s"}""");
        assertThat(older.isStalled()).isFalse();
        assertThat(older.detail()).startsWith("STALLED: ");
        JobStatus newer = read("""
                {"phase": "RUNNING", "reasons": ["DANCING", "STALLED"]}""");
        assertThat(newer.reasons()).containsExactly(Reason.STALLED);
    }

    @Test
    void when_an_older_coordinator_says_less_then_it_is_taken_as_not_known() throws IOException {
        JobStatus status = read("""
                {"phase": "DANCING", "stages": [{"name": "in", "replicas": [{"index": 0, "figures": {"records": 9}}]}]}""");
        Figures figures =
                status.stages().getFirst().replicas().getFirst().figures().orElseThrow();
        assertThat(status.phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(figures.totals()).isEmpty();
        assertThat(figures.lag()).isEmpty();
        assertThat(status.newest()).isEmpty();
        assertThat(status.recovered()).isEmpty();
    }

    private static JobStatus read(String json) throws IOException {
        return JobStatusReader.read("pod", new ObjectMapper().readTree(json));
    }
}
