/**
 * What every process does to put its parts together: what a pipeline's model says, in the words of the store and of the coordinator. The
 * parts themselves know nothing of the model. All is immutable and may be used by any thread.
 */
@NullMarked
package stream.weir.wiring;

import org.jspecify.annotations.NullMarked;
