@NullMarked
package stream.weir.service.trace;

import org.jspecify.annotations.NullMarked;
