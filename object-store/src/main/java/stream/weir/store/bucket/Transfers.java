package stream.weir.store.bucket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Work on parts of large objects, beside the caller's own; bounded for the whole store. */
final class Transfers {
    private final Executor executor;
    private final Semaphore free;

    Transfers(Executor executor, int limit) {
        this.executor = executor;
        this.free = new Semaphore(limit);
    }

    /** Something that makes a request. */
    interface Task<T> {
        T run() throws BucketException;
    }

    /** Begins a task on another thread when the bound allows it, else does it on this one. */
    <T> CompletableFuture<T> beginOrDo(Task<T> task) {
        if (free.tryAcquire()) {
            return begun(task, free);
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        complete(done, task);
        return done;
    }

    /** @return whether the bound has a place; {@link #begun} or {@link #giveBack} has to follow */
    boolean take() {
        return free.tryAcquire();
    }

    void giveBack() {
        free.release();
    }

    /** Begins a task for which a place was taken; its place is given back by the caller. */
    <T> CompletableFuture<T> begun(Task<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        executor.execute(() -> complete(done, task));
        return done;
    }

    private <T> CompletableFuture<T> begun(Task<T> task, Semaphore place) {
        CompletableFuture<T> done = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                complete(done, task);
            } finally {
                place.release();
            }
        });
        return done;
    }

    private static <T> void complete(CompletableFuture<T> done, Task<T> task) {
        try {
            done.complete(task.run());
        } catch (BucketException | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /** Waits for a task that was begun. */
    static <T> T await(CompletableFuture<T> task) throws BucketException {
        try {
            return task.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof BucketException refused) {
                throw refused;
            }
            throw BucketException.noAnswer("a part of it failed: " + cause, cause);
        }
    }
}
