@NullMarked
package stream.weir.operator.job;

import org.jspecify.annotations.NullMarked;
