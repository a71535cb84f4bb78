/**
 * Deterministic workloads with checksums that do not depend on order or partitioning, so that two engines which do the same work
 * print the same number. All arithmetic is 64-bit two's complement.
 */
@NullMarked
package stream.weir.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
