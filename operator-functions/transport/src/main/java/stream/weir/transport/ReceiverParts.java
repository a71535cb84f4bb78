package stream.weir.transport;

import java.time.Duration;

/**
 * What a receiver is made for.
 *
 * @param name of the receiver, only once
 * @param creditBytes of the link
 * @param patience how long a sender may take to connect again
 */
record ReceiverParts(
        String pipeline, long run, String name, long creditBytes, Duration patience, Duration creditDelay) {}
