package stream.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a plugin of the kubectl of this machine. */
final class PluginIT {
    private static final Path PLUGIN = Path.of(System.getProperty("weir.root", ".."))
            .resolve("kubectl-weir")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path folder;

    @Test
    void when_kubectl_is_asked_for_weir_then_the_command_beside_the_plugin_gets_all_arguments() throws Exception {
        // given
        String path = System.getenv("PATH");
        assumeTrue(
                Stream.of(path.split(File.pathSeparator))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "kubectl"))),
                "no kubectl on the PATH");
        Path home = Files.createDirectories(folder.resolve("home"));
        Path plugin = Files.copy(PLUGIN, home.resolve("kubectl-weir"), StandardCopyOption.COPY_ATTRIBUTES);
        Path command = Files.writeString(home.resolve("weir"), "#!/bin/sh\necho \"weir $*\"\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Path linked = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(linked.resolve("kubectl-weir"), plugin);
        // when
        ProcessBuilder kubectl = new ProcessBuilder("kubectl", "weir", "status", "orders", "-o", "json");
        kubectl.environment().put("PATH", linked + File.pathSeparator + path);
        Process process = kubectl.redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // then
        assertThat(process.waitFor()).as(answer).isZero();
        assertThat(answer.strip()).isEqualTo("weir status orders -o json");
    }
}
