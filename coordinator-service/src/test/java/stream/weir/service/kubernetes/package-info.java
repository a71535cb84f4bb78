@NullMarked
package stream.weir.service.kubernetes;

import org.jspecify.annotations.NullMarked;
