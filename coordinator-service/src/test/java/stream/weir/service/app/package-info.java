@NullMarked
package stream.weir.service.app;

import org.jspecify.annotations.NullMarked;
