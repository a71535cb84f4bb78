/**
 * What can be said of a pipeline's graph before the types of its rows are known: names, edges, cycles, replicas. Pure functions of
 * the specification.
 */
@NullMarked
package stream.weir.definition.check;

import org.jspecify.annotations.NullMarked;
