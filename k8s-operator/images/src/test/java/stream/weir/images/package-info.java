@NullMarked
package stream.weir.images;

import org.jspecify.annotations.NullMarked;
