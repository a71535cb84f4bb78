@NullMarked
package stream.weir.benchmarks.coordination;

import org.jspecify.annotations.NullMarked;
