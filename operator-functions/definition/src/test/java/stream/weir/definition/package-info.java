@NullMarked
package stream.weir.definition;

import org.jspecify.annotations.NullMarked;
