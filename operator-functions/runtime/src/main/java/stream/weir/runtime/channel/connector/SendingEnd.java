package stream.weir.runtime.channel.connector;

import stream.weir.protocol.frame.Link;

/**
 * Where an edge comes from: one replica's channel for one output and downstream stage.
 *
 * @param stage that writes
 * @param replica of that stage, from 0; or {@link #ANY_REPLICA}, whichever the process is given in a run
 * @param output which of its outputs; empty for the main one
 * @param to stage that reads
 */
public record SendingEnd(String stage, int replica, String output, String to) {
    /** Not known when the channel is made. */
    public static final int ANY_REPLICA = -1;

    /** The end that a link comes from. */
    public static SendingEnd of(Link link) {
        return new SendingEnd(link.from(), link.fromReplica(), link.output(), link.to());
    }
}
