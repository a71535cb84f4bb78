/** The coordinator alone, with many replicas that only answer. */
@NullMarked
package stream.weir.benchmarks.coordination;

import org.jspecify.annotations.NullMarked;
