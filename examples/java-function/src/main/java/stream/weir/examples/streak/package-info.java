/** An example of a function that pipeline files name: streaks of high values. Used by one replica's thread at a time. */
@NullMarked
package stream.weir.examples.streak;

import org.jspecify.annotations.NullMarked;
