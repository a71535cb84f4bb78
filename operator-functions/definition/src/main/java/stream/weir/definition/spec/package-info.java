/**
 * What a pipeline file says, as immutable records that mirror its grammar, and the readers that make them of YAML. Nothing here
 * looks at two parts of a file together, save for fields of one mapping.
 */
@NullMarked
package stream.weir.definition.spec;

import org.jspecify.annotations.NullMarked;
