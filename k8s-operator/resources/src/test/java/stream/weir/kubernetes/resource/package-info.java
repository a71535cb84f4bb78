@NullMarked
package stream.weir.kubernetes.resource;

import org.jspecify.annotations.NullMarked;
