/** Records inside a frame: how a batch is written for one target and read back. Used on a replica's thread only. */
@NullMarked
package stream.weir.runtime.record;

import org.jspecify.annotations.NullMarked;
