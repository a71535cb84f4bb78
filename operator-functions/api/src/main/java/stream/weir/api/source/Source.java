package stream.weir.api.source;

import stream.weir.api.codec.Codec;

/** A description of an input; immutable, opened once by each replica and run. */
public interface Source<T> {
    /** The codec of the records. */
    Codec<T> codec();

    SourceReader<T> open(SourceContext context) throws Exception;
}
