/** Runs workloads in one process and prints what they cost. */
@NullMarked
package stream.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
