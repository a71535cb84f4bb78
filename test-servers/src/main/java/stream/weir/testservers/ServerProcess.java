package stream.weir.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A child process whose output goes to a file, and that is killed when this process ends. */
public final class ServerProcess {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final Path log;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Whether a server answers as it should. */
    public interface Ready {
        boolean isReady() throws IOException;
    }

    /**
     * @param name for errors and the name of the file with its output
     * @param environment in addition to this process's own
     */
    public static ServerProcess start(String name, List<String> command, Map<String, String> environment, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        RUNNING.add(process);
        process.onExit().thenRun(() -> RUNNING.remove(process));
        return new ServerProcess(name, process, log);
    }

    /** @throws IOException with the end of its output, when it has ended or is not ready in time */
    public void await(Ready ready, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        IOException last = new IOException("it was not asked yet");
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IOException(name + " ended with " + process.exitValue() + ":\n" + endOfLog());
            }
            try {
                if (ready.isReady()) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            pause(LOOK_EVERY);
        }
        kill();
        throw new IOException(name + " is not ready after " + timeout + ", and was killed:\n" + endOfLog(), last);
    }

    /** Waits for a program that ends by itself. @throws IOException with the end of its output, when it fails or takes longer */
    void awaitSuccess(Duration timeout) throws IOException {
        if (!ended(timeout)) {
            kill();
            throw new IOException(name + " did not end within " + timeout + ", and was killed:\n" + endOfLog());
        }
        if (process.exitValue() != 0) {
            throw new IOException(name + " ended with " + process.exitValue() + ":\n" + endOfLog());
        }
    }

    private static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a server", e);
        }
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())) + "\n(all of it: " + log
                + ")";
    }

    /** Waits until it has ended by itself; gives its exit code. */
    public int awaitExit(Duration within) throws IOException {
        if (!ended(within)) {
            throw new IOException(name + " has not ended within " + within + ":\n" + endOfLog());
        }
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, and kills it if it does not. */
    public void stop() throws IOException {
        signal("CONT");
        process.destroy();
        if (!ended(STOP_WITHIN)) {
            kill();
        }
    }

    /** Ends it at once: {@code kill -9}. */
    public void kill() throws IOException {
        process.destroyForcibly();
        if (!ended(STOP_WITHIN)) {
            throw new IOException(name + ", process " + process.pid() + ", does not die");
        }
    }

    private boolean ended(Duration within) throws IOException {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + name + " ends", e);
        }
    }

    /** @param signal by name, for instance {@code STOP}; nothing happens when the process has ended */
    public void signal(String signal) throws IOException {
        if (!process.isAlive()) {
            return;
        }
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            kill.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending " + signal + " to " + name, e);
        }
    }
}
