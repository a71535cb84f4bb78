package stream.weir.operator.reconcile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The API {@code external.metrics.k8s.io}, as adapters of Prometheus serve it behind the API server: every series has one value. */
final class PlayedMetrics implements AutoCloseable {
    private static final String GROUP = "external.metrics.k8s.io";
    private static final String VERSION = "v1beta1";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KubernetesClient admin;
    private final HttpsServer server;
    private volatile int value;

    private PlayedMetrics(KubernetesClient admin, HttpsServer server) {
        this.admin = admin;
        this.server = server;
    }

    /** Serves, and has the API server pass on what is asked of that API. */
    static PlayedMetrics start(KubernetesClient admin, Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certified(folder)));
        PlayedMetrics metrics = new PlayedMetrics(admin, server);
        server.createContext("/", metrics::answer);
        server.start();
        admin.load(metrics.passedOn()).serverSideApply();
        return metrics;
    }

    /** What tells the API server where to ask. */
    private InputStream passedOn() {
        String objects = """
                apiVersion: v1
                kind: Service
                metadata: {name: metrics, namespace: default}
                spec: {type: ExternalName, externalName: localhost, ports: [{port: %1$d}]}
                ---
                apiVersion: apiregistration.k8s.io/v1
                kind: APIService
                metadata: {name: %3$s.%2$s}
                spec:
                  group: %2$s
                  version: %3$s
                  groupPriorityMinimum: 100
                  versionPriority: 100
                  insecureSkipTLSVerify: true
                  service: {name: metrics, namespace: default, port: %1$d}
                """.formatted(server.getAddress().getPort(), GROUP, VERSION);
        return new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8));
    }

    void value(int now) {
        value = now;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = path.contains("/namespaces/")
                ? """
                  {"kind": "ExternalMetricValueList", "apiVersion": "%s/%s", "metadata": {}, "items": [
                    {"metricName": "%s", "metricLabels": {}, "timestamp": "%s", "value": "%d"}]}""".formatted(
                                GROUP,
                                VERSION,
                                path.substring(path.lastIndexOf('/') + 1),
                                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                                value)
                : """
                  {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "%s/%s", "resources": [
                    {"name": "busy", "singularName": "", "namespaced": true, "kind": "ExternalMetricValueList", "verbs": ["get"]}]}""".formatted(GROUP, VERSION);
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    /** With a certificate that has signed itself. */
    private static SSLContext certified(Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("metrics.p12");
        Path log = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "metrics",
                        "-dname",
                        "CN=metrics",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool made no certificate: " + Files.readString(log));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        admin.load(passedOn()).delete();
        server.stop(0);
    }
}
