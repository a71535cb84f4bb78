package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import stream.weir.runtime.state.FullDisk;

/**
 * Does the work of one backend, one piece after another, on threads of an executor. Whoever waits for a piece does the work itself
 * when nobody else is at it, so a busy executor slows a backend down and never blocks it. After a failure nothing more is done,
 * and all who ask are told the cause. Safe for use by any number of threads.
 */
final class SerialWriter {
    /** A piece of work. */
    interface Work {
        void run() throws IOException;
    }

    private final Executor executor;
    private final RocksDbErrors errors;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Work> queue = new ArrayDeque<>();

    private long submitted;
    private long done;
    private boolean busy;
    private boolean scheduled;
    private boolean closed;
    private volatile @Nullable Throwable failure;

    SerialWriter(Executor executor, RocksDbErrors errors) {
        this.executor = executor;
        this.errors = errors;
    }

    /** @return a ticket for {@link #await} */
    long submit(Work work) {
        long ticket;
        boolean start;
        lock.lock();
        try {
            if (closed) {
                throw errors.closed();
            }
            queue.add(work);
            ticket = ++submitted;
            start = !busy && !scheduled;
            scheduled |= start;
        } finally {
            lock.unlock();
        }
        if (start) {
            executor.execute(this::drain);
        }
        return ticket;
    }

    /** Wakes those who wait for something that a piece of work does on its way. */
    void progress() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isDone(long ticket) {
        lock.lock();
        try {
            return done >= ticket;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when that piece has been done. */
    void await(long ticket) throws IOException {
        awaitUntil(() -> done >= ticket);
    }

    /** Returns when {@code condition} holds, which work that was submitted brings about. */
    void awaitUntil(BooleanSupplier condition) throws IOException {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                check();
                if (closed) {
                    throw new IOException(errors.closed());
                }
                if (!busy && !queue.isEmpty()) {
                    runFirst();
                } else {
                    changed.await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IOException interrupted = new InterruptedIOException(
                    "interrupted while the state of " + errors.scope() + " was waiting for what it writes to RocksDB");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            lock.unlock();
        }
    }

    /** @throws IOException with the first failure as its cause, if there was one */
    void check() throws IOException {
        Throwable cause = failure;
        if (cause != null) {
            throw new IOException(
                    "The state of " + errors.scope() + " in " + errors.folder()
                            + " stopped as its writer failed; it has to be restored from a checkpoint: "
                            + cause.getMessage() + FullDisk.sentenceFor(cause, errors.folder()),
                    cause);
        }
    }

    /** Drops what has not begun and waits for what has; nothing runs afterwards. */
    void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            changed.signalAll();
            while (busy) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        lock.lock();
        try {
            scheduled = false;
            while (!busy && !queue.isEmpty()) {
                runFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holds the lock before and after, not while the work runs. */
    private void runFirst() {
        Work work = queue.remove();
        busy = true;
        lock.unlock();
        Throwable thrown = null;
        try {
            if (failure == null) {
                work.run();
            }
        } catch (IOException | RuntimeException | Error e) {
            thrown = e;
        } finally {
            lock.lock();
            busy = false;
            if (thrown == null && failure == null) {
                done++;
            } else if (thrown != null) {
                failure = thrown;
            }
            changed.signalAll();
        }
    }
}
