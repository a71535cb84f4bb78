@NullMarked
package stream.weir.network.control;

import org.jspecify.annotations.NullMarked;
