@NullMarked
package stream.weir.operator.resource;

import org.jspecify.annotations.NullMarked;
