@NullMarked
package stream.weir.operator.app;

import org.jspecify.annotations.NullMarked;
