package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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
@Timeout(3_600)
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
    void when_kafka_is_gone_for_longer_than_a_transaction_may_last_then_what_was_committed_stays_and_the_rest_follows()
            throws Exception {
        outage("gone", KafkaServer::kill, KafkaServer::restart);
    }

    /** F19, where connections stay open, and nothing is refused. */
    @Test
    void when_kafka_sleeps_for_longer_than_a_transaction_may_last_then_what_was_committed_stays_and_the_rest_follows()
            throws Exception {
        outage("asleep", KafkaServer::pause, KafkaServer::resume);
    }

    private interface Act {
        void on(KafkaServer kafka) throws IOException;
    }

    private void outage(String name, Act begins, Act ends) throws Exception {
        Random random = new Random(Extent.seed());
        try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"))) {
            TopicsJob job = TopicsJob.write(folder, kafka, Snapshots.folder(), name, "transactionTimeout: 1s", random);
            try (Services services = job.running(1)) {
                // given
                job.feed(FED_EACH_TIME);
                services.awaitProgress();
                long committed = job.rows();
                job.feed(FED_EACH_TIME);
                // when
                begins.on(kafka);
                Thread.sleep(Extent.lasting(Duration.ofSeconds(6), Duration.ofMinutes(30)));
                ends.on(kafka);
                // then
                assertThat(job.rows()).isGreaterThanOrEqualTo(committed);
                services.awaitProgress();
                job.assertNothingWrongYet(name);
                // Who is lost in half an hour can only begin again when Kafka is back, however often it is tried.
                assertThat(Services.run(services.awaitProgress()))
                        .isBetween(1L, (long) Extent.times(1, Integer.MAX_VALUE));
                job.stopAndAssertExact(services, name);
            }
        }
    }
}
