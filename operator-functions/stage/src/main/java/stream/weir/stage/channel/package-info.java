/**
 * The edges of a stage as channels of the connector {@code weir}, for the life of a process: {@link
 * stream.weir.stage.channel.StageEdges} says which there are and how they are configured, {@link
 * stream.weir.stage.channel.MessagingChannels} puts one run after the other on them. On the process's thread.
 */
@NullMarked
package stream.weir.stage.channel;

import org.jspecify.annotations.NullMarked;
