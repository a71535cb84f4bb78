package stream.weir.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import stream.weir.local.LocalJob;

/**
 * Ctrl-C and SIGTERM: stops the job with a checkpoint, waits for its end, and ends the process with the job's own exit code. A
 * second signal is left to the JVM.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread hook = new Thread();
    private volatile int code = ExitCode.STOPPED_WITHOUT_CHECKPOINT;

    void stops(LocalJob job, Progress progress) {
        hook = new Thread(() -> stop(job, progress), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
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

    private void stop(LocalJob job, Progress progress) {
        progress.stopping();
        job.stop();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                progress.gaveUp(PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }
}
