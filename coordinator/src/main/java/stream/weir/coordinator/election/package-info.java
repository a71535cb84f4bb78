/**
 * Who of several coordinators leads. An election makes it unlikely that two of them work at once, and quick that another one takes
 * over; it does not make it impossible. What must not happen twice is created once in the store.
 */
@NullMarked
package stream.weir.coordinator.election;

import org.jspecify.annotations.NullMarked;
