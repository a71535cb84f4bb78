@NullMarked
package stream.weir.network;

import org.jspecify.annotations.NullMarked;
