package stream.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import stream.weir.local.LocalJob;

/**
 * Ctrl-C and SIGTERM: stops the jobs with a checkpoint, waits for their end, and ends the process with the command's own exit code. A
 * second signal is left to the JVM. Safe for use by any number of threads.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Running> running = new ArrayList<>();
    private final Thread hook = new Thread(this::stop, "stop");
    private boolean hooked;
    private boolean stopping;
    private volatile int code = ExitCode.STOPPED_WITHOUT_CHECKPOINT;

    private record Running(LocalJob job, Progress progress) {
        void stop() {
            progress.stopping();
            job.stop();
        }
    }

    synchronized void stops(LocalJob job, Progress progress) {
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(hook);
        }
        running.add(new Running(job, progress));
        if (stopping) {
            running.getLast().stop();
        }
    }

    /** A job has ended by itself. */
    synchronized void ended(LocalJob job) {
        running.removeIf(each -> each.job() == job);
    }

    /** Stops what runs, and what is started later. */
    synchronized void stopAll() {
        if (!stopping) {
            stopping = true;
            running.forEach(Running::stop);
        }
    }

    void exitsWith(int newCode) {
        code = newCode;
    }

    /** Everything is closed: the process may end. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending already, and the hook has been waiting for this.
        }
    }

    private void stop() {
        stopAll();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                synchronized (this) {
                    running.forEach(each -> each.progress().gaveUp(PATIENCE_SECONDS));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }
}
