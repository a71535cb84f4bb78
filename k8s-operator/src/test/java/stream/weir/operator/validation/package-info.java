@NullMarked
package stream.weir.operator.validation;

import org.jspecify.annotations.NullMarked;
