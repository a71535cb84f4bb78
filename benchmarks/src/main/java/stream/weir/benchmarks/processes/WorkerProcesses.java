package stream.weir.benchmarks.processes;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import stream.weir.benchmarks.workload.MeasuredPart;

/** The workers of a run: starts them, hears what they say, and adds up what all processes cost. */
final class WorkerProcesses implements AutoCloseable {
    private final LongSupplier nanos;
    private final LongSupplier ownCpuNanos;
    private final ProgressListener progress;
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Found>> ends = new ArrayList<>();
    private final CompletableFuture<MeasuredPart.Cost> begin = new CompletableFuture<>();
    private final CompletableFuture<MeasuredPart.Cost> end = new CompletableFuture<>();

    /**
     * What a worker says at its end.
     *
     * @param cpuNanos since its start
     * @param latencies as {@link stream.weir.benchmarks.workload.LatencyHistogram#text} says them
     */
    record Found(long cpuNanos, long peakMebibytes, long checksum, long rows, String latencies) {
        private static Found in(String line) {
            String[] words = line.split(" ");
            return new Found(
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseUnsignedLong(words[3], 16),
                    Long.parseLong(words[4]),
                    words[5]);
        }
    }

    /**
     * @param nanos a monotonic clock
     * @param ownCpuNanos processor time of this process
     */
    WorkerProcesses(LongSupplier nanos, LongSupplier ownCpuNanos, ProgressListener progress) {
        this.nanos = nanos;
        this.ownCpuNanos = ownCpuNanos;
        this.progress = progress;
    }

    /** Hears of progress, on any thread. */
    interface ProgressListener {
        /** @param count of records since the replica began */
        void heard(String worker, long atMillis, long count);
    }

    void start(String name, List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(flags);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.add(Worker.class.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.put(name, process);
        CompletableFuture<Found> found = new CompletableFuture<>();
        ends.add(found);
        Thread.ofPlatform().daemon().name(name).start(() -> listen(name, process, found));
    }

    /** Waits for the first measured record. */
    void awaitBegin(Duration atMost) throws Exception {
        begin.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** With SIGKILL. */
    void kill(String name) {
        Process process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("there is no process " + name + "; there are " + processes.keySet());
        }
        process.destroyForcibly();
    }

    /** Waits until all have ended, and said what they found. */
    List<Found> awaitEnd() throws Exception {
        List<Found> all = new ArrayList<>();
        for (CompletableFuture<Found> each : ends) {
            all.add(each.get());
        }
        long cpu = ownCpuNanos.getAsLong()
                + all.stream().mapToLong(Found::cpuNanos).sum();
        end.complete(new MeasuredPart.Cost(nanos.getAsLong(), cpu));
        for (Process process : processes.values()) {
            process.waitFor(); // A recording may have to be written.
        }
        return all;
    }

    /** Of the measured part, after {@link #awaitEnd}. */
    MeasuredPart.Cost cost() {
        MeasuredPart.Cost from = begin.join();
        MeasuredPart.Cost to = end.join();
        return new MeasuredPart.Cost(to.nanos() - from.nanos(), to.cpuNanos() - from.cpuNanos());
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
    }

    private void listen(String name, Process process, CompletableFuture<Found> found) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(Worker.BEGIN)) {
                    begin.complete(new MeasuredPart.Cost(nanos.getAsLong(), cpuNanos()));
                } else if (line.startsWith(Progress.WORD)) {
                    String[] words = line.split(" ");
                    progress.heard(name, Long.parseLong(words[1]), Long.parseLong(words[2]));
                } else if (line.startsWith(Worker.END)) {
                    found.complete(Found.in(line));
                }
            }
        } catch (IOException e) {
            found.completeExceptionally(new UncheckedIOException(e));
        }
        IllegalStateException silent = new IllegalStateException(name + " ended without saying what it found");
        found.completeExceptionally(silent);
        begin.completeExceptionally(silent);
    }

    private long cpuNanos() {
        return ownCpuNanos.getAsLong()
                + processes.values().stream()
                        .map(Process::info)
                        .flatMap(info -> info.totalCpuDuration().stream())
                        .mapToLong(Duration::toNanos)
                        .sum();
    }
}
