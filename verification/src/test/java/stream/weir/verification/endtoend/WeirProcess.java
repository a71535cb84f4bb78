package stream.weir.verification.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The {@code weir} command as a process of its own, on the class path of the tests. */
public final class WeirProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final Path output;

    private WeirProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output gets what the process prints, appended */
    public static WeirProcess start(Path output, String... arguments) throws IOException {
        return start(output, Map.of(), arguments);
    }

    /** @param environment in addition to this process's own */
    static WeirProcess start(Path output, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "stream.weir.cli.Weir"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return new WeirProcess(builder.start(), output);
    }

    boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until what was printed so far holds as many matches, or the process has ended. */
    public void awaitOutput(Pattern pattern, int matches) throws InterruptedException {
        await(() -> pattern.matcher(output()).results().count() >= matches);
    }

    /** Waits until something holds, or the process has ended. */
    void await(BooleanSupplier condition) throws InterruptedException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean() && !endsWithin(POLL)) {
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError("not within " + PATIENCE + "; the process has printed:\n" + output());
            }
        }
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As {@code kill}, or Ctrl-C. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end. */
    public int exitCode() throws InterruptedException {
        if (!endsWithin(PATIENCE)) {
            kill();
            throw new AssertionError("the process did not end within " + PATIENCE + "; it printed:\n" + output());
        }
        return process.exitValue();
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
