/**
 * What the steps of a stage do: operators made from the model's steps, chained so that a record runs through all of them on the
 * replica's thread without being encoded in between.
 */
@NullMarked
package stream.weir.runtime.function;

import org.jspecify.annotations.NullMarked;
