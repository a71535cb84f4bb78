/**
 * What the coordinator does in a cluster beyond its job: it stands for election by a Lease, and shows its state as the status of a
 * {@code CheckpointCoordinator} and as {@code StreamCheckpoint}s. Nothing is decided from these views and all of them can be made
 * again from the store; an API server that does not answer makes them old and hurts nothing else.
 *
 * <p>{@link stream.weir.service.kubernetes.Publisher} belongs to one thread of its own, on which all calls are made that block. Loaded
 * only when it is switched on.
 */
@NullMarked
package stream.weir.service.kubernetes;

import org.jspecify.annotations.NullMarked;
