package stream.weir.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.StoreException;
import stream.weir.store.StoreFailure;
import stream.weir.store.bucket.BucketLimits;
import stream.weir.store.bucket.RetryPolicy;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreProbe;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;
import stream.weir.store.open.StoreUri;
import stream.weir.testservers.HttpFault;
import stream.weir.testservers.HttpFaultProxy;
import stream.weir.testservers.HttpRequest;
import stream.weir.testservers.MinioServer;

/** A real server behind a proxy that fails as told. */
final class S3FaultsIT {
    private static final int MIB = 1 << 20;
    private static final Predicate<HttpRequest> PUT =
            request -> request.method().equals("PUT");
    private static final Predicate<HttpRequest> GET =
            request -> request.method().equals("GET");

    @TempDir
    Path folder;

    private final ExecutorService transfers = Executors.newCachedThreadPool();
    private final String prefix = UUID.randomUUID().toString();
    private MinioServer server;
    private HttpFaultProxy proxy;
    private ObjectStore store;

    @BeforeEach
    void openStore() throws IOException {
        assumeTrue(MinioServer.whyNotAvailable().isEmpty(), () -> MinioServer.whyNotAvailable()
                .orElse(""));
        server = MinioServer.shared();
        server.createBucket("faults");
        proxy = HttpFaultProxy.before(server.endpoint());
        store = open("s3://faults/" + prefix, proxy.endpoint(), server.secretKey());
    }

    @AfterEach
    void close() throws IOException {
        if (store != null) {
            store.close();
            proxy.close();
        }
        transfers.close();
    }

    private ObjectStore open(String uri, URI endpoint, String secretKey) throws IOException {
        StoreSettings settings = new StoreSettings(
                StoreUri.parse(uri),
                "aws",
                Optional.of(endpoint),
                Optional.of(server.region()),
                Addressing.PATH,
                new Credentials.Given(server.accessKey(), secretKey),
                Optional.empty());
        BucketLimits limits = BucketLimits.DEFAULT
                .withSizes(6 * MIB, 5 * MIB, MIB)
                .withCopies(6 * MIB, 5 * MIB)
                .withRetries(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2), 100));
        return S3Provider.open(settings, new StoreEnvironment(transfers, Thread::sleep, new Random(1)), limits);
    }

    @Test
    void when_the_answer_to_a_create_is_lost_then_its_outcome_is_unknown_and_it_can_be_read_back() throws IOException {
        proxy.plan(PUT, new HttpFault.LoseAnswer(), 1);

        refused(() -> store.create("terms/1.json", bytes("nonce 1")), StoreFailure.UNREACHABLE)
                .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.outcomeUnknown())
                        .isTrue())
                .hasMessageContaining("may have taken effect");

        assertThat(store.read("terms/1.json", 100)).hasValue(bytes("nonce 1"));
        assertThat(proxy.requests().stream().filter(PUT)).hasSize(1);
    }

    @Test
    void when_the_answer_to_a_replacement_is_lost_then_its_outcome_is_unknown() throws IOException {
        store.create("lease", bytes("one"));
        String version = store.readVersioned("lease", 100).orElseThrow().version();
        proxy.plan(PUT, new HttpFault.LoseAnswer(), 1);

        assertThatThrownBy(() -> store.replace("lease", version, bytes("two")))
                .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.outcomeUnknown())
                        .isTrue());
        assertThat(store.read("lease", 100)).hasValue(bytes("two"));
    }

    @Test
    void when_the_store_is_busy_for_a_while_then_requests_are_made_again() throws IOException {
        proxy.plan(PUT, new HttpFault.Answer(503, "SlowDown"), 1);
        proxy.plan(PUT, new HttpFault.Answer(500, "InternalError"), 1);
        proxy.plan(GET, new HttpFault.LoseRequest(), 2);

        store.upload("files/a", bytes("a"));

        assertThat(store.read("files/a", 1)).hasValue(bytes("a"));
        assertThat(proxy.requests()).hasSize(6);
    }

    @Test
    void when_the_store_stays_busy_then_the_error_has_its_code_and_attempts_are_bounded() {
        proxy.plan(PUT, new HttpFault.Answer(503, "SlowDown"), 1000);

        refused(() -> store.upload("files/a", bytes("a")), StoreFailure.THROTTLED)
                .hasMessageContainingAll("files/a", store.location(), "503", "SlowDown", "proxy-1");
        assertThat(proxy.requests()).hasSize(3);
    }

    @Test
    void when_another_conditional_write_is_under_way_then_it_is_tried_again() throws IOException {
        proxy.plan(PUT, new HttpFault.Answer(409, "ConditionalRequestConflict"), 2);

        assertThat(store.create("terms/1.json", bytes("x"))).isEqualTo(Created.CREATED);
        proxy.plan(PUT, new HttpFault.Answer(409, "ConditionalRequestConflict"), 1);
        assertThat(store.create("terms/1.json", bytes("y"))).isEqualTo(Created.EXISTS);
    }

    @Test
    void when_a_download_breaks_then_it_goes_on_where_it_stood() throws IOException {
        byte[] content = random(3 * MIB + 17);
        store.upload("files/large", content);
        proxy.plan(GET, new HttpFault.CutAnswer(100_000), 4);

        try (InputStream in = store.open("files/large")) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(proxy.requests().stream().filter(GET)).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void when_a_download_keeps_breaking_then_it_ends_with_an_error() throws IOException {
        store.upload("files/large", random(MIB));
        proxy.plan(GET, new HttpFault.CutAnswer(0), 1000);

        try (InputStream in = store.open("files/large")) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("broke");
        }
    }

    @Test
    void when_an_object_is_replaced_while_it_is_read_then_both_contents_are_not_mixed() throws IOException {
        store.upload("files/large", random(3 * MIB));
        proxy.plan(GET, new HttpFault.Delay(Duration.ofMillis(50)), 100);

        try (InputStream in = store.open("files/large")) {
            store.upload("files/large", random(3 * MIB + 1));
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("412");
        }
    }

    @Test
    void when_parts_of_an_upload_fail_at_first_then_it_arrives_whole() throws IOException {
        byte[] content = random(21 * MIB);
        Path file = Files.write(folder.resolve("large"), content);
        Predicate<HttpRequest> part = request -> request.path().contains("partNumber");
        proxy.plan(part, new HttpFault.Answer(500, "InternalError"), 1);
        proxy.plan(part, new HttpFault.LoseAnswer(), 1);
        proxy.plan(
                request -> request.method().equals("POST") && request.path().contains("uploadId"),
                new HttpFault.LoseAnswer(),
                1);

        store.upload("files/large", file);
        store.copy("files/large", "files/copy");

        try (InputStream in = store.open("files/copy")) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void when_a_part_cannot_be_stored_then_the_upload_is_taken_back() throws IOException {
        Path file = Files.write(folder.resolve("large"), random(11 * MIB));
        proxy.plan(request -> request.path().contains("partNumber"), new HttpFault.Answer(500, "InternalError"), 1000);

        refused(() -> store.upload("files/large", file), StoreFailure.UNAVAILABLE);

        assertThat(proxy.requests()).anyMatch(request -> request.method().equals("DELETE"));
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void when_credentials_are_wrong_then_the_error_says_so_in_the_stores_words() throws IOException {
        try (ObjectStore stranger = open("s3://faults/" + prefix, server.endpoint(), "not-the-secret")) {
            refused(() -> stranger.create("a", bytes("a")), StoreFailure.CREDENTIALS_REFUSED)
                    .hasMessageContainingAll("403", "SignatureDoesNotMatch", "check the credentials", "request ");
        }
    }

    @Test
    void when_the_bucket_is_not_there_then_the_error_says_so_also_for_reads() throws IOException {
        try (ObjectStore elsewhere = open("s3://no-such-bucket/" + prefix, server.endpoint(), server.secretKey())) {
            refused(() -> elsewhere.create("a", bytes("a")), StoreFailure.WRONG_PLACE)
                    .hasMessageContainingAll("404", "NoSuchBucket", "s3://no-such-bucket");
            refused(() -> elsewhere.read("a", 10), StoreFailure.WRONG_PLACE).hasMessageContaining("NoSuchBucket");
        }
    }

    @Test
    void when_the_clock_is_wrong_then_the_error_says_so() {
        proxy.plan(PUT, new HttpFault.Answer(403, "RequestTimeTooSkewed"), 1);

        refused(() -> store.create("a", bytes("a")), StoreFailure.CLOCK_SKEWED)
                .hasMessageContaining("set this machine's clock");
    }

    @Test
    void when_nothing_listens_then_nothing_was_applied() throws IOException {
        proxy.close();

        refused(() -> store.create("a", bytes("a")), StoreFailure.UNREACHABLE)
                .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.outcomeUnknown())
                        .isFalse());
    }

    @Test
    void when_the_store_keeps_conditions_then_the_probe_leaves_nothing_behind() throws IOException {
        StoreProbe.check(store, transfers, "nonce");

        assertThat(store.list("")).isEmpty();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(
            ThrowingCallable call, StoreFailure failure) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.failure())
                .isEqualTo(failure));
    }

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
