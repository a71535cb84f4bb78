package stream.weir.api.codec;

import java.util.Map;

/** Codecs that were generated for one module; found by {@link java.util.ServiceLoader}. */
public interface CodecProvider {
    /** Each codec under the class whose values it encodes. */
    Map<Class<?>, Codec<?>> codecs();
}
