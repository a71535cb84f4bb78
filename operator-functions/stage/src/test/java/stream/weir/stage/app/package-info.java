@NullMarked
package stream.weir.stage.app;

import org.jspecify.annotations.NullMarked;
