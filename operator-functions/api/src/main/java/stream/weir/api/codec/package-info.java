/**
 * How values become bytes and come back: {@link stream.weir.api.codec.Codec codecs}, their {@link
 * stream.weir.api.codec.Schema schemas}, and the rules by which a schema may change.
 *
 * <p>Codecs are stateless and may be shared by threads; {@link stream.weir.api.codec.ByteWriter} and {@link
 * stream.weir.api.codec.ByteReader} belong to one thread. Encodings are stable: bytes written once are read for ever.
 */
@NullMarked
package stream.weir.api.codec;

import org.jspecify.annotations.NullMarked;
