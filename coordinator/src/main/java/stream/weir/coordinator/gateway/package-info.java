/** The way to the replicas. Called on the loop's thread only; must not block. */
@NullMarked
package stream.weir.coordinator.gateway;

import org.jspecify.annotations.NullMarked;
