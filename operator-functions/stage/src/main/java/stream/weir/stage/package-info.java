/**
 * One process of a stage: it waits for an assignment from the coordinator, is that replica for a run, and goes on to the next.
 *
 * <pre>
 *  coordinator ◄── ToInstance / FromInstance ──► StageProcess ──begins and ends──► RunningReplica ──► ReplicaThread
 *                                                    │                                  │
 *                                                StandingReports                 ReplicaChannels (links of the run)
 * </pre>
 *
 * <p>Threading: {@link stream.weir.stage.StageProcess} does everything on one thread of its own, in order; its public methods may
 * be called from any thread. No framework is known here; the service around it is in {@code app}.
 */
@NullMarked
package stream.weir.stage;

import org.jspecify.annotations.NullMarked;
