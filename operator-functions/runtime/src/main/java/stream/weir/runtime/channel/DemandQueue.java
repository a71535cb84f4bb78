package stream.weir.runtime.channel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands items of any number of threads to one subscriber, one at a time, in order, and only as many as it has asked for. An
 * item for which there is demand goes straight through on the thread that brings it.
 *
 * <p>The queue itself has no bound: whoever puts items in has to have one, as links do with their credit. Signals follow the
 * rules of {@link Flow}. The thread that raises {@code work} from zero emits, for itself and for those who come meanwhile.
 */
public final class DemandQueue<T> implements Flow.Publisher<T> {
    private final Consumer<? super T> dropped;
    private final Runnable onDemand;
    private final Queue<T> items = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile Flow.@Nullable Subscriber<? super T> subscriber;
    private volatile boolean cancelled;
    private volatile boolean complete;
    private volatile @Nullable Throwable violation;

    /** Touched by the emitting thread only. */
    private boolean terminated;

    /**
     * @param dropped gets the items that nobody will read, as the subscriber has gone; on any thread
     * @param onDemand runs when the subscriber has asked for more; on any thread
     */
    public DemandQueue(Consumer<? super T> dropped, Runnable onDemand) {
        this.dropped = dropped;
        this.onDemand = onDemand;
    }

    /** Takes one subscriber for all its life. */
    @Override
    public void subscribe(Flow.Subscriber<? super T> newSubscriber) {
        if (!taken.compareAndSet(false, true)) {
            newSubscriber.onSubscribe(new Ignored());
            newSubscriber.onError(new IllegalStateException("a channel has one subscriber, and there is one already"));
            return;
        }
        newSubscriber.onSubscribe(new Demand());
        subscriber = newSubscriber; // Only now, so that no signal comes before onSubscribe.
        drain();
    }

    /** Whether an item would go straight to the subscriber. */
    public boolean hasDemand() {
        return demand.get() > 0 && items.isEmpty();
    }

    public void put(T item) {
        if (work.compareAndSet(0, 1)) {
            Flow.Subscriber<? super T> target = subscriber;
            if (target != null && items.isEmpty() && demand.get() > 0 && !cancelled) {
                emit(item, target);
            } else {
                items.add(item);
                emitPending();
            }
            emitForOthers();
        } else {
            items.add(item);
            drain();
        }
    }

    /** No item follows: the subscriber is told after the last one. */
    public void complete() {
        complete = true;
        drain();
    }

    private void drain() {
        if (work.getAndIncrement() == 0) {
            emitPending();
            emitForOthers();
        }
    }

    /** Does what others have asked for while this thread was emitting. */
    private void emitForOthers() {
        for (int left = work.addAndGet(-1); left != 0; left = work.addAndGet(-left)) {
            emitPending();
        }
    }

    private void emitPending() {
        Flow.Subscriber<? super T> target = subscriber;
        while (target != null && !cancelled && !terminated) {
            if (violation != null || (complete && items.isEmpty())) {
                terminate(target);
                return;
            }
            T item = demand.get() > 0 ? items.poll() : null;
            if (item == null) {
                return;
            }
            emit(item, target);
        }
        if (cancelled) {
            for (T item = items.poll(); item != null; item = items.poll()) {
                dropped.accept(item);
            }
        }
    }

    private void emit(T item, Flow.Subscriber<? super T> target) {
        if (demand.get() != Long.MAX_VALUE) {
            demand.decrementAndGet();
        }
        target.onNext(item);
    }

    private void terminate(Flow.Subscriber<? super T> target) {
        terminated = true;
        Throwable error = violation;
        if (error == null) {
            target.onComplete();
        } else {
            cancelled = true;
            target.onError(error);
        }
    }

    private final class Demand implements Flow.Subscription {
        @Override
        public void request(long n) {
            if (n > 0) {
                demand.accumulateAndGet(n, (held, more) -> held + more < 0 ? Long.MAX_VALUE : held + more);
            } else {
                violation = new IllegalArgumentException("asked for " + n + " items: the number is at least 1");
            }
            drain();
            onDemand.run();
        }

        @Override
        public void cancel() {
            cancelled = true;
            drain();
        }
    }

    private static final class Ignored implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
