@NullMarked
package stream.weir.definition.yaml;

import org.jspecify.annotations.NullMarked;
