package stream.weir.store.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStoreContract;
import stream.weir.store.StoreException;
import stream.weir.store.StoreFailure;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;
import stream.weir.store.open.StoreUri;
import stream.weir.store.open.Stores;
import stream.weir.testservers.MinioServer;

/** What each client of buckets keeps, held to a real server. Extend it with one test class per client. */
public abstract class BucketStoreContract extends ObjectStoreContract {
    private final String client;
    private final String folder = UUID.randomUUID().toString();
    private final ExecutorService transfers = Executors.newCachedThreadPool();

    /** @param client as settings call it */
    protected BucketStoreContract(String client) {
        this.client = client;
    }

    @BeforeAll
    static void needsMinio() {
        assumeTrue(MinioServer.whyNotAvailable().isEmpty(), () -> MinioServer.whyNotAvailable()
                .orElse(""));
    }

    @Override
    protected final ObjectStore open() throws IOException {
        MinioServer.shared().createBucket("contract-" + client);
        return Stores.open(settings(), environment());
    }

    private StoreEnvironment environment() {
        return new StoreEnvironment(transfers, Thread::sleep, new Random(1));
    }

    private StoreSettings settings() throws IOException {
        MinioServer server = MinioServer.shared();
        return new StoreSettings(
                StoreUri.parse("s3://contract-" + client + "/" + folder + "/orders"),
                client,
                Optional.of(server.endpoint()),
                Optional.of(server.region()),
                Addressing.PATH,
                new Credentials.Given(server.accessKey(), server.secretKey()),
                Optional.empty());
    }

    @AfterEach
    void stop() {
        transfers.close();
    }

    @Test
    void when_an_object_of_others_is_read_then_any_part_of_it_comes() throws IOException {
        try (ObjectStore store = open();
                ObjectReader reader = Stores.reader(settings(), environment())) {
            // given
            store.upload("in/a", "0123456789".getBytes(UTF_8));
            store.upload("in/empty", new byte[0]);

            // when
            ObjectReader.Content content = reader.open(folder + "/orders/in/a");

            // then
            assertThat(content.bytes()).isEqualTo(10);
            assertThat(content.read(3, 4)).asString().isEqualTo("3456");
            try (InputStream rest = content.from(7)) {
                assertThat(rest.readAllBytes()).asString().isEqualTo("789");
            }
            assertThat(content.from(10).readAllBytes()).isEmpty();
            assertThat(reader.open(folder + "/orders/in/empty").bytes()).isZero();
            assertThat(reader.list(folder + "/orders/in/"))
                    .extracting(ObjectStore.ObjectInfo::name)
                    .containsExactly(folder + "/orders/in/a", folder + "/orders/in/empty");
        }
    }

    @Test
    void when_an_object_that_is_read_is_replaced_or_gone_then_reading_says_so() throws IOException {
        try (ObjectStore store = open();
                ObjectReader reader = Stores.reader(settings(), environment())) {
            // given
            store.upload("in/a", "one".getBytes(UTF_8));
            ObjectReader.Content content = reader.open(folder + "/orders/in/a");

            // when
            store.upload("in/a", "two".getBytes(UTF_8));

            // then
            assertThatThrownBy(() -> content.read(0, 1))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.CHANGED));
            assertThatThrownBy(() -> reader.open(folder + "/orders/none"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.NOT_THERE))
                    .hasMessageContaining("orders/none");
        }
    }
}
