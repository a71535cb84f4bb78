@NullMarked
package stream.weir.definition.expression;

import org.jspecify.annotations.NullMarked;
