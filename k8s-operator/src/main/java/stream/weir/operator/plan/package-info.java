/**
 * What should exist, and which steps come next: functions of the pipeline, the operator's settings, and what was observed in the
 * cluster and at the coordinator just now. No clock, no I/O, no memory, and no look at a status that was written before: an operator
 * that begins anew comes to the same plan. Each step can be repeated, and whichever is done last before an operator dies, the next
 * plan goes on from there.
 */
@NullMarked
package stream.weir.operator.plan;

import org.jspecify.annotations.NullMarked;
