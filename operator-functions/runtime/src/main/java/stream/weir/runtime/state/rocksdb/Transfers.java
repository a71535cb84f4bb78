package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Moves several files at a time. The caller takes part, so nothing is stuck when the executor has no thread to spare; the first failure
 * ends the rest.
 */
record Transfers(Executor executor, int parallel) {

    /** Results in the order of {@code tasks}. */
    <T> List<T> run(List<Callable<T>> tasks) throws IOException {
        Batch<T> batch = new Batch<>(tasks);
        for (int i = 1; i < Math.min(parallel, tasks.size()); i++) {
            executor.execute(batch::help);
        }
        return batch.finish();
    }

    private static final class Batch<T> {
        private final List<Callable<T>> tasks;
        private final AtomicReferenceArray<@Nullable T> results;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Phaser working = new Phaser(1);

        Batch(List<Callable<T>> tasks) {
            this.tasks = tasks;
            this.results = new AtomicReferenceArray<>(tasks.size());
        }

        /** Runs when a thread is found; one that comes after the end finds nothing to do. */
        void help() {
            if (working.register() < 0) {
                return;
            }
            try {
                work();
            } finally {
                working.arriveAndDeregister();
            }
        }

        @SuppressWarnings("NullAway") // each slot is filled when no failure is noted
        List<T> finish() throws IOException {
            work();
            working.awaitAdvance(working.arriveAndDeregister());
            Throwable cause = failure.get();
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause != null) {
                throw cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
            }
            List<T> all = new ArrayList<>(tasks.size());
            for (int i = 0; i < tasks.size(); i++) {
                all.add(results.get(i));
            }
            return all;
        }

        private void work() {
            for (int i = next.getAndIncrement();
                    i < tasks.size() && failure.get() == null;
                    i = next.getAndIncrement()) {
                try {
                    results.set(i, tasks.get(i).call());
                } catch (Throwable e) { // told to the caller by finish
                    failure.compareAndSet(null, e);
                }
            }
        }
    }
}
