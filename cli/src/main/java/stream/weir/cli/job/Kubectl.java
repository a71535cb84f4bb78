package stream.weir.cli.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The user's own {@code kubectl}, with his contexts and ways of logging in. All that is asked of a cluster goes through it.
 *
 * @param program name or path of it
 * @param context empty for the present one
 * @param namespace empty for the context's
 */
public record Kubectl(String program, Optional<String> context, Optional<String> namespace) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What came of a call. */
    record Result(int code, String out, String err) {}

    /** The namespace that is meant. */
    public String inNamespace() throws IOException {
        if (namespace.isPresent()) {
            return namespace.get();
        }
        // Without a context, as within a cluster, kubectl knows none either.
        Result found = call(List.of("config", "view", "--minify", "-o", "jsonpath={..namespace}"), null);
        return found.code != 0 || found.out.isBlank() ? "default" : found.out.strip();
    }

    /** Standard output of a call. */
    public String text(List<String> arguments) throws IOException {
        Result result = call(arguments, null);
        if (result.code != 0) {
            throw new IOException(program + " " + String.join(" ", arguments) + ": " + result.err.strip());
        }
        return result.out;
    }

    /** Standard output of a call that is given something to read. */
    public String text(List<String> arguments, String input) throws IOException {
        Result result = call(arguments, input);
        if (result.code != 0) {
            throw new IOException(program + " " + String.join(" ", arguments) + ": " + result.err.strip());
        }
        return result.out;
    }

    Result call(List<String> arguments, @Nullable String input) throws IOException {
        Process process = start(new ProcessBuilder(command(arguments)));
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> out = readers.submit(() -> process.getInputStream().readAllBytes());
            Future<byte[]> err = readers.submit(() -> process.getErrorStream().readAllBytes());
            try (var in = process.getOutputStream()) {
                if (input != null) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                }
            }
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " has not answered within " + PATIENCE.toSeconds() + " s");
            }
            return new Result(process.exitValue(), text(out), text(err));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Runs a call on this process's own terminal, until it ends; returns its exit code. */
    public int hand(List<String> arguments) throws IOException, InterruptedException {
        return start(new ProcessBuilder(command(arguments)).inheritIO()).waitFor();
    }

    /** Runs a call until it ends, and passes on each line of its standard output as it comes; returns its exit code. */
    public int lines(List<String> arguments, Consumer<String> each) throws IOException, InterruptedException {
        Process process = start(new ProcessBuilder(command(arguments)).redirectError(ProcessBuilder.Redirect.INHERIT));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                each.accept(line);
            }
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "pipelines on Kubernetes are reached through " + program + ", which cannot be started: "
                            + e.getMessage()
                            + ". Put it on the PATH, or name it in WEIR_KUBECTL; a coordinator can also be"
                            + " given by its address, as http://host:8081",
                    e);
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        context.ifPresent(name -> command.add("--context=" + name));
        namespace.ifPresent(name -> command.add("--namespace=" + name));
        command.addAll(arguments);
        return command;
    }

    private static String text(Future<byte[]> bytes) throws InterruptedException, IOException {
        try {
            return new String(bytes.get(), StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
