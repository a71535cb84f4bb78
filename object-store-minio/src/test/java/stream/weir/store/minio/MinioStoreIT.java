package stream.weir.store.minio;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStoreContract;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;
import stream.weir.store.open.StoreUri;
import stream.weir.store.open.Stores;
import stream.weir.testservers.MinioServer;

final class MinioStoreIT extends ObjectStoreContract {
    private final ExecutorService transfers = Executors.newCachedThreadPool();

    @BeforeAll
    static void needsMinio() {
        assumeTrue(MinioServer.whyNotAvailable().isEmpty(), () -> MinioServer.whyNotAvailable()
                .orElse(""));
    }

    @Override
    protected ObjectStore open() throws IOException {
        MinioServer server = MinioServer.shared();
        server.createBucket("contract-minio");
        StoreSettings settings = new StoreSettings(
                StoreUri.parse("s3://contract-minio/" + UUID.randomUUID() + "/orders"),
                "minio",
                Optional.of(server.endpoint()),
                Optional.of(server.region()),
                Addressing.PATH,
                new Credentials.Given(server.accessKey(), server.secretKey()),
                Optional.empty());
        return Stores.open(settings, new StoreEnvironment(transfers, Thread::sleep, new Random(1)));
    }

    @AfterEach
    void stop() {
        transfers.close();
    }
}
