/**
 * What a checkpoint consists of. A checkpoint is complete if and only if its {@link
 * stream.weir.protocol.checkpoint.Manifest} exists in the store.
 */
@NullMarked
package stream.weir.protocol.checkpoint;

import org.jspecify.annotations.NullMarked;
