package stream.weir.store.bucket;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import stream.weir.store.open.Pause;

/**
 * Makes requests again that may succeed later, after a random wait between nothing and a bound that doubles ("full jitter"; M. Brooker,
 * "Exponential Backoff And Jitter", 2015). All requests draw on one budget, so that a store in trouble is not met with a storm. Safe
 * for use by any number of threads.
 */
final class Retries {
    private static final int PER_SUCCESS = 1;
    private static final int PER_RETRY = 10;

    private final RetryPolicy policy;
    private final Pause pause;
    private final RandomGenerator random;
    private final AtomicInteger budget;

    Retries(RetryPolicy policy, Pause pause, RandomGenerator random) {
        this.policy = policy;
        this.pause = pause;
        this.random = random;
        this.budget = new AtomicInteger(policy.budget() * PER_RETRY);
    }

    /** One request, made once. */
    interface Attempt<T> {
        T make() throws BucketException;
    }

    /** For requests that may be made any number of times. */
    <T> T call(Attempt<T> attempt) throws BucketException {
        for (int made = 1; ; made++) {
            try {
                T answer = attempt.make();
                succeeded();
                return answer;
            } catch (BucketException e) {
                if (!e.mayPass() || !again(made)) {
                    throw e;
                }
            }
        }
    }

    void succeeded() {
        budget.updateAndGet(left -> Math.min(policy.budget() * PER_RETRY, left + PER_SUCCESS));
    }

    /**
     * Waits before another attempt.
     *
     * @param made attempts so far
     * @return false when there is to be none
     */
    boolean again(int made) {
        if (made >= policy.attempts() || Thread.currentThread().isInterrupted() || !taken()) {
            return false;
        }
        try {
            pause.pause(wait(made));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean taken() {
        return budget.getAndUpdate(left -> left >= PER_RETRY ? left - PER_RETRY : left) >= PER_RETRY;
    }

    private Duration wait(int made) {
        long bound = Math.min(policy.longest().toMillis(), policy.first().toMillis() << Math.min(made - 1, 20));
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
