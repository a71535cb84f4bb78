/** What no schema can say of a pipeline: all problems at once, each with its path. Pure. */
@NullMarked
package stream.weir.operator.validation;

import org.jspecify.annotations.NullMarked;
