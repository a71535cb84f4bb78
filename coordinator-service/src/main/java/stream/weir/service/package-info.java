/**
 * One coordinator process: waits to lead, leads, or has led the job to its end.
 *
 * <pre>
 *  LeaderElection ──elected──► Leading: CoordinatorLoop ◄──► InstanceDesk ◄──► ControlDesk (connections of stage processes)
 *                 ──lost─────► waits again         │
 *                                              StatusBoard ──► rest, metrics
 * </pre>
 *
 * <p>Threading: the loop's thread does everything of a leadership, in order; connections call from their own thread and only post.
 * No framework but the network's is known here; the service around it is in {@code app}.
 */
@NullMarked
package stream.weir.service;

import org.jspecify.annotations.NullMarked;
