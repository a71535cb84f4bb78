/** When the next checkpoint may start. Pure. */
@NullMarked
package stream.weir.coordinator.schedule;

import org.jspecify.annotations.NullMarked;
