package stream.weir.verification.services;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.KafkaServer;
import stream.weir.testservers.MinioServer;

/**
 * From Kafka to Kafka with snapshots in MinIO: coordinators, stages, and both servers are killed, or stopped for a while and woken
 * up, as a seed says. The short form does one thing of each kind, {@code -Dweir.faults=full} a hundred.
 */
@Timeout(7_200)
class TopicsKillLoopIT {
    private static final int FAULTS = Extent.times(4, 100);
    private static final int FED_EACH_TIME = 3_000;
    private static final int LONGEST_PAUSE_MILLIS = 1_500;
    private static final int LONGEST_OUTAGE_MILLIS = 6_000;

    @TempDir
    private Path folder;

    /** What may be hit; the first ones, in any order, are what the short form does. */
    private enum Victim {
        COORDINATOR,
        STAGE,
        MINIO,
        KAFKA
    }

    @BeforeAll
    static void allIsThere() {
        Optional<String> why = Services.whyNotAvailable().or(MinioServer::whyNotAvailable);
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_processes_and_servers_are_killed_and_stopped_at_random_then_committed_records_are_exact()
            throws Exception {
        Random random = new Random(Extent.seed());
        try (MinioServer minio = MinioServer.start(folder.resolve("minio"));
                KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"))) {
            // given
            TopicsJob job = TopicsJob.write(folder, kafka, Snapshots.in(minio), "totals", "", random);
            job.feed(FED_EACH_TIME);
            try (Services services = job.running(2)) {
                Disturbance disturbance = new Disturbance(services, minio, kafka, random);
                // when
                int faults = 0;
                for (Victim victim : victims(random)) {
                    job.feed(FED_EACH_TIME);
                    Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                    String what = ++faults + ": " + disturbance.hit(victim) + ", seed " + Extent.seed();
                    System.out.println(what);
                    services.awaitProgress();
                    job.assertNothingWrongYet(what);
                }
                // then
                job.stopAndAssertExact(services, "seed " + Extent.seed());
                System.out.printf("%d faults, %d records, none lost and none doubled%n", faults, job.rows());
            }
        }
    }

    private static List<Victim> victims(Random random) {
        List<Victim> victims = new ArrayList<>();
        while (victims.size() < FAULTS) {
            List<Victim> each = new ArrayList<>(List.of(Victim.values()));
            Collections.shuffle(each, random);
            victims.addAll(each);
        }
        return victims.subList(0, FAULTS);
    }

    private record Disturbance(Services services, MinioServer minio, KafkaServer kafka, Random random) {
        /** @return what was done */
        String hit(Victim victim) throws IOException, InterruptedException {
            return switch (victim) {
                case COORDINATOR -> process("coordinator-" + random.nextInt(2));
                case STAGE ->
                    process(TopicsJob.stages()
                            .get(random.nextInt(TopicsJob.stages().size())));
                case MINIO -> {
                    if (random.nextBoolean()) {
                        minio.kill();
                        pause();
                        minio.restart();
                        yield "MinIO was killed";
                    }
                    minio.pause();
                    pause();
                    minio.resume();
                    yield "MinIO was stopped for a while";
                }
                case KAFKA -> {
                    if (random.nextBoolean()) {
                        kafka.kill();
                        pause();
                        kafka.restart();
                        yield "Kafka was killed";
                    }
                    kafka.pause();
                    pause();
                    kafka.resume();
                    yield "Kafka was stopped for a while";
                }
            };
        }

        private String process(String name) throws IOException, InterruptedException {
            return switch (random.nextInt(3)) {
                case 0 -> {
                    services.kill(name);
                    services.restart(name);
                    yield name + " was killed";
                }
                case 1 -> {
                    services.process(name).signal("STOP");
                    pause();
                    services.process(name).signal("CONT");
                    yield name + " was stopped for a while";
                }
                default ->
                    TcpCut.connectionsOf(services.process(name).pid()) + " connections of " + name
                            + " were cut (0 where that is not allowed)";
            };
        }

        private void pause() throws InterruptedException {
            Thread.sleep(random.nextInt(LONGEST_OUTAGE_MILLIS));
        }
    }
}
