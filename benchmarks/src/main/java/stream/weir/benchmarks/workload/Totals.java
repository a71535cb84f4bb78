package stream.weir.benchmarks.workload;

/** Rows that a replica has seen, summed up. */
record Totals(long hashes, long rows) {}
