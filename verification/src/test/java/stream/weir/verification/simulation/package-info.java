/**
 * The whole of a running job in one thread, from one seed: replicas, links, coordinator, store and sinks' target, with the real
 * classes of runtime and coordinator, in virtual time. Everything that happens is an event with a time; faults are drawn from the
 * same seed; after every event the invariants have held, or the run ends with the seed and what happened last.
 */
@NullMarked
package stream.weir.verification.simulation;

import org.jspecify.annotations.NullMarked;
