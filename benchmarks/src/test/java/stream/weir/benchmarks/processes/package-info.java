@NullMarked
package stream.weir.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
