/** The coordinator's decisions: a command and a state go in, a new state and effects come out. Pure: no I/O, no clock, no threads; every value is immutable. Effects are to be carried out in their order. */
@NullMarked
package stream.weir.coordinator.checkpoint;

import org.jspecify.annotations.NullMarked;
