package stream.weir.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.local.JobListener;
import stream.weir.local.LocalJob;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * Shows how a job goes: on a terminal a table that is painted anew each second, elsewhere plain lines. What happens seldom is a
 * line of its own on both. Used by several threads.
 */
final class Progress implements JobListener {
    private static final long TERMINAL_MILLIS = 1_000;
    private static final long LINE_MILLIS = 10_000;

    private final Pipeline pipeline;
    private final PrintWriter out;
    private final boolean terminal;
    private final StageTable table;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());
    private Optional<LastCheckpoint> last = Optional.empty();
    private int paintedLines;
    private boolean ended;

    private record LastCheckpoint(Manifest manifest, Duration duration, long uploadedBytes) {}

    private Progress(Pipeline pipeline, PrintWriter out, boolean terminal) {
        this.pipeline = pipeline;
        this.out = out;
        this.terminal = terminal;
        this.table = new StageTable(pipeline);
    }

    static Progress of(Pipeline pipeline, PrintWriter out, @Nullable Console console) {
        return new Progress(pipeline, out, console != null && console.isTerminal());
    }

    /** Shows the job's figures from now on, until it ends. */
    void follow(LocalJob job) {
        long period = terminal ? TERMINAL_MILLIS : LINE_MILLIS;
        clock.scheduleAtFixedRate(() -> sample(job), period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void started(long run, Optional<Manifest> from) {
        if (from.isEmpty()) {
            say(pipeline.name() + " starts from nothing (run " + run + ")");
        } else if (from.get().isFinal()) {
            say(pipeline.name() + " has completed already, with checkpoint "
                    + from.get().checkpoint() + ": nothing is left to do");
        } else {
            say(pipeline.name() + " goes on from checkpoint " + from.get().checkpoint() + " (run " + run + ")");
        }
    }

    @Override
    public synchronized void checkpointCompleted(Manifest manifest, Duration duration, long uploadedBytes) {
        last = Optional.of(new LastCheckpoint(manifest, duration, uploadedBytes));
    }

    @Override
    public void checkpointFailed(long checkpoint, CheckpointFailure reason, String detail) {
        say("checkpoint " + checkpoint + " failed: " + reason + ": " + detail);
    }

    @Override
    public void restarting(String cause, long run, Optional<Manifest> from) {
        say("going back to "
                + from.map(manifest -> "checkpoint " + manifest.checkpoint()).orElse("the beginning") + " (run " + run
                + "): " + cause);
    }

    void stopping() {
        say("stopping with a checkpoint ...");
    }

    void gaveUp(long seconds) {
        say("did not stop within " + seconds + " s: ending without");
    }

    void completed(Manifest manifest) {
        end();
        say(pipeline.name() + " has completed: all input is processed and committed with checkpoint "
                + manifest.checkpoint());
    }

    void stopped(Optional<Manifest> newest, String detail) {
        end();
        say(pipeline.name() + " has stopped (" + detail + ")"
                + newest.map(manifest -> "; started again, it goes on from checkpoint " + manifest.checkpoint())
                        .orElse("; started again, it begins anew"));
    }

    /** No more figures. */
    synchronized void end() {
        ended = true;
        clock.shutdownNow();
        paintedLines = 0;
    }

    private synchronized void sample(LocalJob job) {
        if (ended) {
            return;
        }
        table.sample(job.metrics(), System.nanoTime());
        if (terminal) {
            paint();
        } else {
            out.println(table.line() + "; " + checkpointText());
            out.flush();
        }
    }

    private synchronized void say(String text) {
        erase();
        out.println(text);
        out.flush();
    }

    private void paint() {
        erase();
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(checkpointText());
        lines.forEach(out::println);
        out.flush();
        paintedLines = lines.size();
    }

    private void erase() {
        if (paintedLines > 0) {
            out.print("\u001b[" + paintedLines + "A\u001b[J");
            paintedLines = 0;
        }
    }

    private String checkpointText() {
        return last.map(checkpoint -> "last checkpoint " + checkpoint.manifest.checkpoint() + ": "
                        + Texts.bytes(stateBytes(checkpoint.manifest)) + ", " + Texts.bytes(checkpoint.uploadedBytes)
                        + " new, in "
                        + Texts.duration(checkpoint.duration))
                .orElse("no checkpoint yet");
    }

    static long stateBytes(Manifest manifest) {
        return manifest.replicas().stream()
                .mapToLong(replica -> replica.times().stateBytes())
                .sum();
    }
}
