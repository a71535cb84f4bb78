@NullMarked
package stream.weir.definition.aggregate;

import org.jspecify.annotations.NullMarked;
