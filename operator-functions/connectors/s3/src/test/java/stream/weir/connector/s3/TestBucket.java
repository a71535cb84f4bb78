package stream.weir.connector.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.testservers.MinioServer;

/** A bucket of a MinIO server, new for each test, and what is in it. */
final class TestBucket implements AutoCloseable {
    static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final String name;
    private final String client;
    private final Map<String, String> environment;
    private final ObjectStore objects;

    private TestBucket(String name, String client, Map<String, String> environment, ObjectStore objects) {
        this.name = name;
        this.client = client;
        this.environment = environment;
        this.objects = objects;
    }

    /** @param secrets a folder for the credentials */
    static TestBucket create(String client, Path secrets) throws IOException {
        assumeTrue(MinioServer.whyNotAvailable().isEmpty(), () -> MinioServer.whyNotAvailable()
                .orElse(""));
        MinioServer server = MinioServer.shared();
        String name = "s3-" + UUID.randomUUID();
        server.createBucket(name);
        Path secret = Files.createDirectories(secrets.resolve("minio"));
        Files.writeString(secret.resolve("AWS_ACCESS_KEY_ID"), server.accessKey());
        Files.writeString(secret.resolve("AWS_SECRET_ACCESS_KEY"), server.secretKey());
        Map<String, String> environment = Map.of("WEIR_SECRETS_DIR", secrets.toString());
        ObjectStore objects = bucket("s3://" + name, client, environment).store(THREADS);
        return new TestBucket(name, client, environment, objects);
    }

    private static Bucket bucket(String uri, String client, Map<String, String> environment) throws IOException {
        MinioServer server = MinioServer.shared();
        return new Bucket(
                new StoreOptions(
                        uri,
                        client,
                        Optional.of(server.endpoint().toString()),
                        Optional.of(server.region()),
                        Addressing.PATH,
                        Optional.of("minio")),
                environment);
    }

    String uri(String prefix) {
        return "s3://" + name + "/" + prefix;
    }

    Bucket at(String prefix) throws IOException {
        return bucket(uri(prefix), client, environment);
    }

    Bucket root() throws IOException {
        return bucket("s3://" + name, client, environment);
    }

    void put(String key, byte[] content) throws StoreException {
        objects.upload(key, content);
    }

    void delete(String key) throws StoreException {
        objects.delete(List.of(key));
    }

    byte[] get(String key) throws StoreException {
        return objects.read(key, 1 << 26).orElseThrow();
    }

    /** Keys of all objects below a prefix. */
    List<String> keys(String prefix) throws StoreException {
        return objects.list(prefix).stream().map(ObjectInfo::name).toList();
    }

    ObjectReader reader() throws IOException {
        return root().reader(THREADS);
    }

    @Override
    public void close() {
        objects.close();
    }
}
