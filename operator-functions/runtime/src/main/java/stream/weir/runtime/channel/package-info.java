/**
 * An edge's ends in a process. What travels is {@code Message<Frame>}, through a connector of SmallRye Reactive Messaging.
 *
 * <pre>
 *  sending replica                                                              reading replica
 *  FrameSink.offer ──► OutboundChannel ──► connector ─ ─ ─ connector ──► InboundChannel ──► FrameListener
 *        ▲                (publisher)     (subscriber)    (publisher)     (subscriber)            │
 *        └──────────────── credit in bytes, per link ◄──────────────── message.ack() ◄────────────┘
 * </pre>
 *
 * <p>Demand is flow control: a sender may have its link's credit in bytes on the way and no more; it is refused, and woken when
 * there is credit again. Nothing is buffered beyond that credit. Order: the frames of one link arrive as they were sent,
 * numbered without gaps; links do not wait for each other.
 *
 * <p>A channel lives as long as the connector's publisher or subscriber, which is the process; runs begin and end on it, one at a
 * time. A run begins with {@link stream.weir.runtime.channel.LinkOpened} for each link and ends with {@link
 * stream.weir.runtime.channel.LinkClosed}. What is late, frames and acknowledgements of an older run, changes nothing in a newer
 * one: an acknowledgement belongs to the link of its run, a frame to the sender that has not noticed yet.
 *
 * <p>Threading: a {@link stream.weir.runtime.channel.FrameSink} belongs to the sending replica's thread, a {@link
 * stream.weir.runtime.channel.FrameListener} and the wake-ups are called on any thread and must not block, messages may be
 * acknowledged on any thread.
 */
@NullMarked
package stream.weir.runtime.channel;

import org.jspecify.annotations.NullMarked;
