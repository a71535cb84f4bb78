package stream.weir.api.pipeline;

import stream.weir.api.codec.Codec;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;

/**
 * The source of a stage that reads another one over something durable.
 *
 * @param from the stage that writes
 */
public record EdgeSource<T>(String from, Source<T> source) implements Source<T> {
    @Override
    public Codec<T> codec() {
        return source.codec();
    }

    @Override
    public SourceReader<T> open(SourceContext context) throws Exception {
        return source.open(context);
    }
}
