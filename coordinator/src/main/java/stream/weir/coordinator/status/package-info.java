/**
 * How a job is, for people and for other programs: a view that is made from what the coordinator hears and does, and from which
 * nothing is decided. Views are immutable values of plain types, ready to be written as JSON.
 */
@NullMarked
package stream.weir.coordinator.status;

import org.jspecify.annotations.NullMarked;
