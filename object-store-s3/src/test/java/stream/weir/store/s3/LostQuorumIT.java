package stream.weir.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.StoreException;
import stream.weir.store.bucket.BucketLimits;
import stream.weir.store.bucket.RetryPolicy;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreProbe;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;
import stream.weir.store.open.StoreUri;
import stream.weir.testservers.MinioServer;

/** A server that loses so many drives that it cannot tell what there is: whoever may create an object is not told yes twice. */
final class LostQuorumIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String TAKEN = "checkpoints/0000000001.json";
    private static final String FREE = "checkpoints/0000000002.json";

    @TempDir
    Path folder;

    private final ExecutorService transfers = Executors.newCachedThreadPool();
    private MinioServer server;
    private ObjectStore store;

    @BeforeEach
    void openStore() throws IOException {
        assumeTrue(MinioServer.whyNotAvailable().isEmpty(), () -> MinioServer.whyNotAvailable()
                .orElse(""));
        server = MinioServer.startWithDrives(folder);
        server.createBucket("quorum");
        store = open();
        assertThat(store.create(TAKEN, bytes("first"))).isEqualTo(Created.CREATED);
    }

    @AfterEach
    void close() throws IOException {
        if (store != null) {
            store.close();
        }
        if (server != null) {
            server.close();
        }
        transfers.close();
    }

    private ObjectStore open() throws IOException {
        StoreSettings settings = new StoreSettings(
                StoreUri.parse("s3://quorum/job"),
                "aws",
                Optional.of(server.endpoint()),
                Optional.of(server.region()),
                Addressing.PATH,
                new Credentials.Given(server.accessKey(), server.secretKey()),
                Optional.empty());
        BucketLimits limits =
                BucketLimits.DEFAULT.withRetries(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2), 100));
        return S3Provider.open(settings, new StoreEnvironment(transfers, Thread::sleep, new Random(1)), limits);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void when_it_has_lost_drives_then_nothing_is_created_and_the_error_has_its_code(int drives) throws Exception {
        server.loseDrives(drives);

        String error = "";
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !error.contains("SlowDown"); Thread.sleep(LOOK_EVERY)) {
            assertThat(System.nanoTime()).as(error).isLessThan(end);
            error = refusal(FREE);
        }
        assertThat(error).contains("HTTP 503 SlowDown", FREE);
        refusal(TAKEN);
        assertThatThrownBy(() -> StoreProbe.check(store, transfers, "nonce")).isInstanceOf(StoreException.class);
    }

    @Test
    void when_its_drives_are_back_then_what_was_created_before_stands_and_one_creates_the_next() throws IOException {
        server.loseDrives(3);
        refusal(TAKEN);
        refusal(FREE);

        server.returnDrives();

        assertThat(store.create(TAKEN, bytes("second"))).isEqualTo(Created.EXISTS);
        assertThat(store.read(TAKEN, 100)).hasValue(bytes("first"));
        assertThat(store.create(FREE, bytes("first"))).isEqualTo(Created.CREATED);
        assertThat(store.create(FREE, bytes("second"))).isEqualTo(Created.EXISTS);
        StoreProbe.check(store, transfers, "nonce");
    }

    /** Why it does not create; empty where it says that it is there. */
    private String refusal(String name) {
        try {
            assertThat(store.create(name, bytes("other"))).isEqualTo(Created.EXISTS);
            return "";
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
