/**
 * Where records come from. A source divides its input into splits (a file, a partition) with stable names; each replica reads
 * the splits it owns and tells at each checkpoint how far it is in each. Readers are used on the replica's thread only.
 */
@NullMarked
package stream.weir.api.source;

import org.jspecify.annotations.NullMarked;
