/**
 * Control messages between stage processes and the coordinator, as bytes. {@link
 * stream.weir.network.control.ControlServer} takes the connections of stage processes, {@link
 * stream.weir.network.control.ControlClient} keeps one to the coordinator that leads.
 *
 * <p>Order: messages of one session arrive in the order in which they were sent. What was not written when a session ends is
 * lost: say it again in the next one. Nothing is carried over from one session to another, as the other side may be another
 * process.
 *
 * <p>Threading: listeners are called on one event loop, one call at a time, and must not block. Sending is for any thread.
 */
@NullMarked
package stream.weir.network.control;

import org.jspecify.annotations.NullMarked;
