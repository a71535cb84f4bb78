/**
 * Channels between processes: a {@link stream.weir.runtime.channel.connector.Transport} over TCP, one connection for each link.
 * The sender's process dials the one of the reader, whose address stands in a routing table.
 *
 * <pre>
 *   OutboundChannel ─► SendingSide ─► LinkSender ══ data link ══► LinkReceiver ─► ReceivingSide ─► InboundChannel
 *                                        ▲  frames kept until      next frame,        │
 *                                        │  they are consumed      who has sent it    │ acknowledged
 *                                        └──────────────── credit ◄───────────────────┘
 * </pre>
 *
 * <p>A link in a run has one sender and one receiver, which remember what was sent and what has come. When their connection
 * breaks, the sender dials again, for a bounded time, and goes on from the frame that the receiver expects: no gap and no
 * duplicate. If one of them is gone, the link is lost, and the coordinator decides. What is kept is bounded by the link's
 * credit.
 *
 * <p>Threading: a link's sender, and its receiver, belong to the event loop of their connections. Frames come from a replica's
 * thread and acknowledgements from another; they go through queues. Whatever channels are told is told on an event loop.
 */
@NullMarked
package stream.weir.transport;

import org.jspecify.annotations.NullMarked;
