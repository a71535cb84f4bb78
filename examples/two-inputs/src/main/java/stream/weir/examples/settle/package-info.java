/** An example of a function with two inputs: orders and their payments. Used by one replica's thread at a time. */
@NullMarked
package stream.weir.examples.settle;

import org.jspecify.annotations.NullMarked;
