/**
 * A YAML document as a tree with positions. Reading a value of the wrong form adds a problem and yields nothing, so that callers
 * go on with the rest of the file. Belongs to one thread.
 */
@NullMarked
package stream.weir.definition.yaml;

import org.jspecify.annotations.NullMarked;
