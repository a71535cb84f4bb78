package stream.weir.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real kube-controller-manager on a {@link KubernetesApi}, with a few of its controllers: what the others would do is not done. */
public final class KubernetesControllers implements AutoCloseable {
    private static final String PROGRAM = "kube-controller-manager";

    private final ServerProcess process;

    private KubernetesControllers(ServerProcess process) {
        this.process = process;
    }

    /** Why a test has to be skipped here; empty where it can be started. */
    public static Optional<String> whyNotAvailable() {
        Path program = KubernetesApi.program(PROGRAM);
        return Files.isExecutable(program) ? Optional.empty() : Optional.of(program + " is not there");
    }

    /**
     * Starts it. It is at work a few seconds later.
     *
     * @param folder for settings and output
     * @param controllers names, as {@code horizontal-pod-autoscaler-controller}
     * @param options further ones of the command line
     */
    public static KubernetesControllers start(
            KubernetesApi api, Path folder, List<String> controllers, List<String> options) throws IOException {
        Path absolute = Files.createDirectories(folder.toAbsolutePath());
        Path access = Files.writeString(absolute.resolve("controllers.kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: admin, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: admin}}]
                current-context: test
                """.formatted(
                        api.url(), api.certificate(), KubernetesApi.ADMIN_TOKEN));
        List<String> command = Stream.concat(
                        Stream.of(
                                KubernetesApi.program(PROGRAM).toString(),
                                "--kubeconfig=" + access,
                                "--controllers=" + String.join(",", controllers),
                                "--leader-elect=false",
                                "--secure-port=0",
                                "--v=0"),
                        options.stream())
                .toList();
        return new KubernetesControllers(ServerProcess.start(PROGRAM, command, Map.of(), absolute));
    }

    /** Ends it at once. */
    @Override
    public void close() throws IOException {
        process.kill();
    }
}
