/**
 * Savepoints: copies of checkpoints that belong to the user. Weir makes them and never deletes them. {@code Savepoints} may be used
 * by any number of threads; {@code SavepointRequests} belongs to the coordinator's loop.
 */
@NullMarked
package stream.weir.coordinator.savepoint;

import org.jspecify.annotations.NullMarked;
