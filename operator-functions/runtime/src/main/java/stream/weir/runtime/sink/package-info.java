/** Drives a sink's writer through barriers and commits. */
@NullMarked
package stream.weir.runtime.sink;

import org.jspecify.annotations.NullMarked;
