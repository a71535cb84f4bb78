package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.HttpFault;
import stream.weir.testservers.HttpFaultProxy;
import stream.weir.testservers.HttpRequest;
import stream.weir.testservers.MinioServer;
import stream.weir.verification.services.SumsJob.Settings;

/** The leader is killed while it stores a manifest: before the store has heard of it, or when nobody but the store has. */
@Timeout(1_800)
class FaultsAtTheManifestIT {
    private static final Pattern MANIFEST = Pattern.compile("/checkpoints/0*(\\d+)\\.json");
    private static final Pattern GOES_ON =
            Pattern.compile("sums goes on with run 1 in term \\d+; its newest checkpoint is (\\d+)");

    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable().or(MinioServer::whyNotAvailable);
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    /** F2: all have acknowledged, and the store has nothing. */
    @Test
    void when_the_leader_dies_before_a_manifest_is_stored_then_that_checkpoint_never_was() throws Exception {
        killedAt(HttpFault.HoldRequest::new, (services, held, newest) -> {
            assertThat(newest).isLessThan(held);
            assertThat(services.get("/api/v1/checkpoints/" + held)).isEmpty();
        });
    }

    /** F3: the store has it, and neither the leader nor any sink knows. */
    @Test
    void when_the_leader_dies_after_a_manifest_is_stored_then_the_next_one_has_it_committed() throws Exception {
        killedAt(HttpFault.HoldAnswer::new, (services, held, newest) -> {
            assertThat(newest).isEqualTo(held);
            assertThat(services.get("/api/v1/checkpoints/" + held)).isPresent();
        });
    }

    private interface Outcome {
        /**
         * @param held the checkpoint whose manifest was on its way
         * @param newest the one that the next leader has found
         */
        void check(Services services, long held, long newest);
    }

    private void killedAt(Function<CountDownLatch, HttpFault> moment, Outcome outcome) throws Exception {
        try (MinioServer minio = MinioServer.start(folder.resolve("minio"));
                HttpFaultProxy proxy = HttpFaultProxy.before(minio.endpoint())) {
            // given
            SumsJob job = SumsJob.write(
                    folder,
                    Settings.endless()
                            .withCheckpoint("interval: 300ms, retained: 100000")
                            .withSnapshots(Snapshots.in(minio, proxy.endpoint())));
            try (Services services = job.running(2, Map.of())) {
                // when
                String leader = services.leader().orElseThrow();
                CountDownLatch reached = new CountDownLatch(1);
                proxy.plan(FaultsAtTheManifestIT::isManifest, moment.apply(reached), Integer.MAX_VALUE);
                assertThat(reached.await(3, TimeUnit.MINUTES)).isTrue();
                long held = newestOf(proxy.requests());
                services.kill(leader);
                proxy.heal();
                // then
                String next = leader.equals("coordinator-0") ? "coordinator-1" : "coordinator-0";
                long newest = Long.parseLong(services.first(next, GOES_ON));
                services.awaitProgress();
                outcome.check(services, held, newest);
                assertThat(services.status().orElseThrow())
                        .contains("\"run\":1,")
                        .contains("\"recoveries\":[]");
                job.stopAndAssertExact(services);
            }
        }
    }

    private static boolean isManifest(HttpRequest request) {
        return request.method().equals("PUT")
                && MANIFEST.matcher(request.path()).find();
    }

    /** The checkpoint whose manifest was stored, or was to be, last. */
    private static long newestOf(List<HttpRequest> requests) {
        long newest = 0;
        for (HttpRequest each : requests) {
            Matcher name = MANIFEST.matcher(each.path());
            if (isManifest(each) && name.find()) {
                newest = Long.parseLong(name.group(1));
            }
        }
        return newest;
    }
}
