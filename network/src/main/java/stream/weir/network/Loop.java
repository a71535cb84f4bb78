package stream.weir.network;

import io.netty.util.concurrent.Future;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A thread of Vert.x that connections belong to. All methods may be called from any thread. */
public final class Loop {
    private final ContextInternal context;

    Loop(ContextInternal context) {
        this.context = context;
    }

    /** Runs a task on the thread, after those that were given before; without delay when called on it. */
    public void run(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else {
            context.nettyEventLoop().execute(task);
        }
    }

    /** Runs a task on the thread later. */
    public Timer schedule(Duration delay, Runnable task) {
        return scheduleNanos(delay.toNanos(), task);
    }

    /** Whether the caller is on that thread. */
    public boolean isCurrent() {
        return context.nettyEventLoop().inEventLoop();
    }

    Timer scheduleNanos(long delay, Runnable task) {
        Future<?> scheduled = context.nettyEventLoop().schedule(task, delay, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    ContextInternal context() {
        return context;
    }

    /** Something that was scheduled. */
    public interface Timer {
        /** Without effect when it has run. */
        void cancel();
    }
}
