/**
 * From the specification to the model that the runtime runs: types of rows from source to sink, expressions, keys, steps,
 * connectors. Parts whose types cannot be known because of a problem elsewhere are left out silently, so that each cause is
 * reported once.
 */
@NullMarked
package stream.weir.definition.compile;

import org.jspecify.annotations.NullMarked;
