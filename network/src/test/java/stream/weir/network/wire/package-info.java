@NullMarked
package stream.weir.network.wire;

import org.jspecify.annotations.NullMarked;
