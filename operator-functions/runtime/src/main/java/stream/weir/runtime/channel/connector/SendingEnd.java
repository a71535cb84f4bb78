package stream.weir.runtime.channel.connector;

import stream.weir.protocol.frame.Link;

/**
 * Where an edge comes from: one replica's channel for one output and downstream stage.
 *
 * @param stage that writes
 * @param replica of that stage, from 0
 * @param output which of its outputs; empty for the main one
 * @param to stage that reads
 */
public record SendingEnd(String stage, int replica, String output, String to) {
    /** The end that a link comes from. */
    public static SendingEnd of(Link link) {
        return new SendingEnd(link.from(), link.fromReplica(), link.output(), link.to());
    }
}
