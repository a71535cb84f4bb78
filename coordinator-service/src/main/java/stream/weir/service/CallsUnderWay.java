package stream.weir.service;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts calls of the store that have begun, or are about to: those of a leadership that has ended may still write. Any thread. */
final class CallsUnderWay implements Executor {
    private final Executor calls;
    private final AtomicInteger count = new AtomicInteger();

    CallsUnderWay(Executor calls) {
        this.calls = calls;
    }

    boolean isQuiet() {
        return count.get() == 0;
    }

    @Override
    public void execute(Runnable call) {
        count.incrementAndGet();
        try {
            calls.execute(() -> {
                try {
                    call.run();
                } finally {
                    count.decrementAndGet();
                }
            });
        } catch (RuntimeException e) {
            count.decrementAndGet();
            throw e;
        }
    }
}
