/**
 * Workloads between processes: the launcher is the coordinator and has one JVM for each replica, which talk over TCP as the
 * services do. Without their framework, as the pipelines are made in Java here.
 */
@NullMarked
package stream.weir.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
