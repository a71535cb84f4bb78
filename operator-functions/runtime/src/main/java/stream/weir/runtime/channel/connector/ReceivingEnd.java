package stream.weir.runtime.channel.connector;

import stream.weir.protocol.frame.Link;

/**
 * Where an edge leads to: one replica's channel for one upstream stage and output.
 *
 * @param stage that reads
 * @param replica of that stage, from 0; or {@link #ANY_REPLICA}, whichever the process is given in a run
 * @param from stage that writes
 * @param output which of its outputs; empty for the main one
 */
public record ReceivingEnd(String stage, int replica, String from, String output) {
    /** Not known when the channel is made. */
    public static final int ANY_REPLICA = -1;

    /** The end that a link leads to. */
    public static ReceivingEnd of(Link link) {
        return new ReceivingEnd(link.to(), link.toReplica(), link.from(), link.output());
    }
}
