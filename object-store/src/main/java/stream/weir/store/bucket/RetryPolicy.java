package stream.weir.store.bucket;

import java.time.Duration;

/**
 * How often a request is made again.
 *
 * @param attempts of one request, the first one included
 * @param first the longest wait before the second attempt; it doubles with each
 * @param longest wait between two attempts
 * @param budget attempts beyond the first that all requests together may make before some have succeeded; each success gives back a
 *     tenth of one
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, int budget) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(5), 50);
}
