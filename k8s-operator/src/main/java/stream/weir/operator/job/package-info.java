/**
 * What the operator asks of a pipeline's coordinator: a port, so that all that decides can be tried without one, and the port over
 * HTTP. Answers are immutable values; a word that is not known here, because the coordinator is newer, is passed over.
 */
@NullMarked
package stream.weir.operator.job;

import org.jspecify.annotations.NullMarked;
