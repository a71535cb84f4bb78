@NullMarked
package stream.weir.stage;

import org.jspecify.annotations.NullMarked;
