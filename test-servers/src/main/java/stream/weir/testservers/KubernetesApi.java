package stream.weir.testservers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The API of Kubernetes: a real kube-apiserver and its etcd, with access rules, and without controllers, kubelets and scheduler:
 * what is created stays as it is. The programs are those of the test cluster; the system property {@code weir.kubernetes.bin} names
 * another folder of them.
 */
public final class KubernetesApi implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    /** Who may do everything. */
    public static final String ADMIN_TOKEN = "admin-token";

    private final URI url;
    private final Path certificate;
    private final ServerProcess etcd;
    private final ServerProcess api;

    private KubernetesApi(URI url, Path certificate, ServerProcess etcd, ServerProcess api) {
        this.url = url;
        this.certificate = certificate;
        this.etcd = etcd;
        this.api = api;
    }

    /** Why a test has to be skipped here; empty where the servers can be started. */
    public static Optional<String> whyNotAvailable() {
        List<String> missing = Stream.of("kube-apiserver", "etcd")
                .filter(name -> !Files.isExecutable(program(name)))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        missing + " not found in " + folder()
                                + ": build them with ../shared/cluster/build, or name a folder with -Dweir.kubernetes.bin=FOLDER");
    }

    /** A program of the same folder, for instance {@code kubectl}. */
    public static Path program(String name) {
        return folder().resolve(name);
    }

    /**
     * Starts both on free ports of the loopback address and waits until the API is ready.
     *
     * @param folder for data and output
     * @param users token to name, of those who may do nothing until a role is bound to them
     */
    public static KubernetesApi start(Path folder, Map<String, String> users) throws IOException {
        Path absolute = Files.createDirectories(folder.toAbsolutePath());
        int client = Ports.reserve();
        int peer = Ports.reserve();
        int port = Ports.reserve();
        ServerProcess etcd = ServerProcess.start("etcd", etcdCommand(absolute, client, peer), Map.of(), absolute);
        URI url = URI.create("https://127.0.0.1:" + port);
        ServerProcess api =
                ServerProcess.start("kube-apiserver", apiCommand(absolute, client, port, users), Map.of(), absolute);
        Path certificate = absolute.resolve("certs/apiserver.crt");
        KubernetesApi started = new KubernetesApi(url, certificate, etcd, api);
        try {
            api.await(started::isReady, READY_WITHIN);
        } catch (IOException e) {
            etcd.kill();
            throw e;
        }
        return started;
    }

    public URI url() {
        return url;
    }

    /** PEM of the certificate that the API shows; it vouches for itself. */
    public Path certificate() {
        return certificate;
    }

    /** Ends both at once. */
    @Override
    public void close() throws IOException {
        api.kill();
        etcd.kill();
    }

    private boolean isReady() throws IOException {
        if (!Files.exists(certificate)) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/readyz"))
                .header("Authorization", "Bearer " + ADMIN_TOKEN)
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(certificate)).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the API starts", e);
        }
    }

    private static SSLContext trusting(Path certificate) throws IOException {
        try (var in = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int index = 0;
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + index++, (X509Certificate) one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (CertificateException | KeyStoreException | NoSuchAlgorithmException | KeyManagementException e) {
            throw new IOException("cannot trust " + certificate, e);
        }
    }

    private static List<String> etcdCommand(Path folder, int client, int peer) {
        String clientUrl = "http://127.0.0.1:" + client;
        String peerUrl = "http://127.0.0.1:" + peer;
        return List.of(
                program("etcd").toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + clientUrl,
                "--advertise-client-urls=" + clientUrl,
                "--listen-peer-urls=" + peerUrl,
                "--initial-advertise-peer-urls=" + peerUrl,
                "--initial-cluster=default=" + peerUrl,
                "--unsafe-no-fsync",
                "--log-level=warn");
    }

    private static List<String> apiCommand(Path folder, int etcd, int port, Map<String, String> users)
            throws IOException {
        Path key = serviceAccountKey(folder);
        StringBuilder tokens = new StringBuilder(ADMIN_TOKEN + ",admin,admin,system:masters\n");
        users.forEach((token, name) -> tokens.append(token)
                .append(',')
                .append(name)
                .append(',')
                .append(name)
                .append('\n'));
        Path known = Files.writeString(folder.resolve("tokens.csv"), tokens);
        return List.of(
                program("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certs"),
                "--token-auth-file=" + known,
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + key,
                "--service-account-key-file=" + key,
                // There is no controller that would make the accounts' tokens.
                "--disable-admission-plugins=ServiceAccount",
                "--v=0");
    }

    private static Path serviceAccountKey(Path folder) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(pair.getPrivate().getEncoded());
            return Files.writeString(
                    folder.resolve("service-accounts.key"),
                    "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no RSA here", e);
        }
    }

    private static Path folder() {
        String named = System.getProperty("weir.kubernetes.bin", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String home = System.getenv("TESTCLUSTER_HOME");
        return (home == null || home.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache", "testcluster")
                        : Path.of(home))
                .resolve("bin");
    }
}
