/**
 * Connections between the processes of a pipeline: one listening port for each process, one handshake, one keep-alive, one TLS,
 * for data links and for control messages.
 *
 * <pre>
 *   dial ──► hello ───────────────► accept        a hello that is not welcome, or is none: a refusal that names both sides,
 *            welcome or refusal ◄──                within a second, and the connection is closed
 *
 *            frames ──────────────►               data link: one for each link of the pipeline
 *                    ◄────────────── credit
 *            payload ◄────────────► payload       control connection
 *            ping, pong, bye ◄────►               both
 * </pre>
 *
 * <p>Threading: a connection belongs to one {@link stream.weir.network.Loop}, an event loop of Vert.x, and all of its callbacks
 * come on that thread, one at a time; they must not block. What may be called from other threads says so. Order: what one side
 * sends on a connection arrives in that order, or the connection ends; nothing is sent twice.
 *
 * <p>A peer that says nothing for {@link stream.weir.network.NetworkSettings#peerTimeout} is dead, whatever TCP thinks of it.
 */
@NullMarked
package stream.weir.network;

import org.jspecify.annotations.NullMarked;
