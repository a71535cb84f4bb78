package stream.weir.coordinator.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks one after another, as they came, on threads of another executor. A task that fails does not hold up the next. Any thread. */
final class InOrder implements Executor {
    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Of tasks that have not ended. */
    private final AtomicInteger count = new AtomicInteger();

    InOrder(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (count.getAndIncrement() == 0) {
            threads.execute(this::runNext);
        }
    }

    private void runNext() {
        try {
            tasks.remove().run();
        } finally {
            if (count.decrementAndGet() > 0) {
                threads.execute(this::runNext);
            }
        }
    }
}
