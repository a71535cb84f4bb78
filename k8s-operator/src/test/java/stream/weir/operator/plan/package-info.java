@NullMarked
package stream.weir.operator.plan;

import org.jspecify.annotations.NullMarked;
