/**
 * Tables on the heap, made so that millions of entries are no objects: entries lie in pages of bytes, and a capture shares pages
 * and nodes with the live table until either is changed.
 *
 * <p>Tables belong to one thread. Frozen tables may be read by another one beside it, once; {@link
 * stream.weir.runtime.state.memory.Epochs#release} tells the owner that it may write in place again.
 */
@NullMarked
package stream.weir.runtime.state.memory;

import org.jspecify.annotations.NullMarked;
