package stream.weir.runtime.stage;

import stream.weir.api.codec.Codec;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.function.Chain;
import stream.weir.runtime.record.BatchReader;
import stream.weir.runtime.state.Key;

/** The receiving end of a link: decodes its records and hands them to the chain, with their keys set. */
final class InputLink {
    private final Link link;
    private final int input;
    private final Keys keys;
    private final Key key;
    private final int maxParallelism;
    private final BatchReader<Object> reader;

    /** Whether records carry keys. */
    enum Keys {
        CARRIED,
        NONE
    }

    private InputLink(Link link, int input, Keys keys, Key key, int maxParallelism, BatchReader<Object> reader) {
        this.link = link;
        this.input = input;
        this.keys = keys;
        this.key = key;
        this.maxParallelism = maxParallelism;
        this.reader = reader;
    }

    @SuppressWarnings("unchecked") // the model's stages agree on the type of what they exchange
    static InputLink of(Link link, PipelineGraph.Edge edge, Keys keys, Key key, int maxParallelism) {
        Codec<Object> codec = (Codec<Object>) edge.codec();
        BatchReader<Object> reader = keys == Keys.CARRIED ? BatchReader.keyed(codec) : BatchReader.unkeyed(codec);
        return new InputLink(link, edge.input(), keys, key, maxParallelism, reader);
    }

    Link link() {
        return link;
    }

    void process(Frame.Records batch, Chain chain) {
        reader.reset(batch);
        if (keys == Keys.NONE) {
            RecordKeys.setConstant(key, maxParallelism);
            while (reader.next()) {
                chain.process(input, reader.value(), reader.timestamp());
            }
            return;
        }
        while (reader.next()) {
            RecordKeys.set(key, reader.keyArray(), reader.keyOffset(), reader.keyLength(), maxParallelism);
            chain.process(input, reader.value(), reader.timestamp());
        }
    }
}
