/**
 * What is wrong with a pipeline file, and where. Problems are values; a {@link stream.weir.definition.problem.Problems collector}
 * belongs to one thread and one file.
 */
@NullMarked
package stream.weir.definition.problem;

import org.jspecify.annotations.NullMarked;
