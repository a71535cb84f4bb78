package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.KafkaServer;

/** Kafka and the sink that writes to it fail, each without the other. */
@Timeout(1_800)
class FaultsOfKafkaIT {
    private static final int FED_EACH_TIME = 2_000;

    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    /** F4: after the manifest, so before, within or just after its transaction. */
    @Test
    void when_a_sink_is_killed_around_its_commit_then_each_record_is_committed_once() throws Exception {
        Random random = new Random(Extent.seed());
        KafkaServer kafka = KafkaServer.shared();
        TopicsJob job = TopicsJob.write(folder, kafka, Snapshots.folder(), "around-commits", "", random);
        try (Services services = job.running(1)) {
            // when
            for (int kill = 0; kill < Extent.times(3, 40); kill++) {
                job.feed(FED_EACH_TIME);
                services.awaitProgress();
                Thread.sleep(random.nextInt(40));
                String victim = "totals-" + random.nextInt(2);
                services.kill(victim);
                services.restart(victim);
                services.awaitProgress();
                job.assertNothingWrongYet("kill " + kill + ", seed " + Extent.seed());
            }
            // then
            job.stopAndAssertExact(services, "seed " + Extent.seed());
        }
    }

    /** F19. */
    @Test
    void when_kafka_is_away_for_longer_than_a_transaction_may_last_then_what_was_committed_stays_and_the_rest_follows()
            throws Exception {
        Random random = new Random(Extent.seed());
        try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"))) {
            TopicsJob job =
                    TopicsJob.write(folder, kafka, Snapshots.folder(), "away", "transactionTimeout: 1s", random);
            try (Services services = job.running(1)) {
                for (boolean dies : new boolean[] {true, false}) {
                    // given
                    job.feed(FED_EACH_TIME);
                    services.awaitProgress();
                    long committed = job.rows();
                    job.feed(FED_EACH_TIME);
                    // when
                    if (dies) {
                        kafka.kill();
                    } else {
                        kafka.pause();
                    }
                    Thread.sleep(Extent.lasting(Duration.ofSeconds(6), Duration.ofMinutes(30)));
                    if (dies) {
                        kafka.restart();
                    } else {
                        kafka.resume();
                    }
                    // then
                    assertThat(job.rows()).isGreaterThanOrEqualTo(committed);
                    services.awaitProgress();
                    job.assertNothingWrongYet(dies ? "killed" : "stopped for a while");
                }
                assertThat(services.status().orElseThrow()).contains("\"run\":1,");
                job.stopAndAssertExact(services, "in the end");
            }
        }
    }
}
