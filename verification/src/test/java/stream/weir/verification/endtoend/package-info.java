/** Whole pipelines as users run them: contract pipelines in this process, and processes that are killed. */
@NullMarked
package stream.weir.verification.endtoend;

import org.jspecify.annotations.NullMarked;
