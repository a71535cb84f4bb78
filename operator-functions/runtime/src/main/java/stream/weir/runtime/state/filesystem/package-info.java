/** State on the heap, as in {@link stream.weir.runtime.state.memory}, with snapshots as files in the store. */
@NullMarked
package stream.weir.runtime.state.filesystem;

import org.jspecify.annotations.NullMarked;
