@NullMarked
package stream.weir.console;

import org.jspecify.annotations.NullMarked;
