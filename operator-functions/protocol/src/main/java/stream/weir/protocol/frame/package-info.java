/**
 * Frames: what a link carries. A frame is a batch of records or one control element. {@link
 * stream.weir.protocol.frame.FrameCodec} gives its bytes:
 * versioned, checksummed (CRC32C), with every length checked before memory is allocated for it.
 */
@NullMarked
package stream.weir.protocol.frame;

import org.jspecify.annotations.NullMarked;
