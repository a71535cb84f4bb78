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
    private final InputTraffic traffic;
    private final BackendSlot backend;
    private final RecordGroup group;

    /** Whether records carry keys. */
    enum Keys {
        CARRIED,
        NONE
    }

    /**
     * What all links of a replica share.
     *
     * @param key of the record being processed
     * @param backend learns of keys before they are used
     * @param group nothing in it counts between frames
     */
    record Shared(Key key, int maxParallelism, InputTraffic traffic, BackendSlot backend, RecordGroup group) {}

    private InputLink(Link link, PipelineGraph.Edge edge, Keys keys, Shared shared, BatchReader<Object> reader) {
        this.link = link;
        this.input = edge.input();
        this.keys = keys;
        this.key = shared.key;
        this.maxParallelism = shared.maxParallelism;
        this.traffic = shared.traffic;
        this.backend = shared.backend;
        this.group = shared.group;
        this.reader = reader;
    }

    @SuppressWarnings("unchecked") // the model's stages agree on the type of what they exchange
    static InputLink of(Link link, PipelineGraph.Edge edge, Keys keys, Shared shared) {
        Codec<Object> codec = (Codec<Object>) edge.codec();
        BatchReader<Object> reader = keys == Keys.CARRIED ? BatchReader.keyed(codec) : BatchReader.unkeyed(codec);
        return new InputLink(link, edge, keys, shared, reader);
    }

    Link link() {
        return link;
    }

    void process(Frame.Records batch, Chain chain) {
        reader.reset(batch);
        traffic.read(batch.length());
        if (keys == Keys.NONE) {
            RecordKeys.setConstant(key, maxParallelism);
            while (reader.next()) {
                chain.process(input, reader.value(), reader.timestamp());
            }
        } else {
            processGroups(chain);
        }
    }

    private void processGroups(Chain chain) {
        boolean isFirst = true;
        group.reset();
        while (group.read(reader)) {
            if (isFirst) {
                traffic.sampled(group.keys().keyGroup(0));
                isFirst = false;
            }
            backend.expect(group.keys());
            for (int i = 0; i < group.size(); i++) {
                group.showKey(i, key);
                chain.process(input, group.value(i), group.timestamp(i));
            }
        }
    }
}
