/**
 * Decides how many replicas each stage of a pipeline should have: collect, evaluate, decide. Pure: no clock, no I/O and no threads;
 * the moment comes in with each {@link stream.weir.operator.autoscale.Observation}. The first type to look at is
 * {@link stream.weir.operator.autoscale.Autoscaler}.
 *
 * <p>An autoscaler belongs to one pipeline and to one thread at a time. Observations are expected in the order of their time, every
 * few seconds; gaps, repeated ones, and ones without figures are fine. Records are immutable. Rates are records a second, shares
 * go from 0 to 1, and a count is one of replicas.
 *
 * <p>The model is that of DS2 (Kalavri, Liagouris, Hoffmann, Dimitrova, Forshaw, Roscoe: "Three steps is all you need: fast, accurate,
 * automatic scaling decisions for distributed streaming dataflows", OSDI 2018).
 */
@NullMarked
package stream.weir.operator.autoscale;

import org.jspecify.annotations.NullMarked;
