package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that {@code weir init} makes builds, and its tests pass, with nothing but what this build and this machine have. */
class InitProjectIT {
    private static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();
    private static final Path BUILT = ROOT.resolve("cli/target/repository");
    private static final Path THERE = Path.of(System.getProperty("user.home"), ".m2", "repository");
    private static final int MINUTES = 10;

    @TempDir
    private Path folder;

    @Test
    void when_a_project_is_made_then_it_builds_offline_and_its_tests_pass() throws Exception {
        // given
        assumeTrue(Files.isDirectory(BUILT), "cli was not packaged");
        assumeTrue(Files.isDirectory(THERE), "Maven has no repository at " + THERE);
        Path project = folder.resolve("streaks");
        WeirProcess made = WeirProcess.start(
                folder.resolve("log"),
                "init",
                project.toString(),
                "--repository",
                BUILT.toUri().toString());
        assertThat(made.exitCode()).as(made.output()).isZero();
        // when
        Path log = folder.resolve("maven");
        Process maven = new ProcessBuilder(
                        System.getenv().getOrDefault("MAVEN", "mvn"),
                        "-B",
                        "-s",
                        settings().toString(),
                        "-Dmaven.repo.local=" + folder.resolve("repository"),
                        "package")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // then
        assertThat(maven.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(maven.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("Tests run:").doesNotContain("Tests run: 0");
        assertThat(jars(project.resolve("target"))).contains("streaks-1.0.0-SNAPSHOT.jar");
    }

    /** Everything that is not Weir's own comes from what this machine has already; nothing is put there. */
    private Path settings() throws Exception {
        Path settings = folder.resolve("settings.xml");
        Files.writeString(settings, """
            <settings><mirrors>
              <mirror><id>there</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
            </mirrors></settings>
            """.formatted(THERE.toUri()));
        return settings;
    }

    private static List<String> jars(Path target) throws Exception {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
