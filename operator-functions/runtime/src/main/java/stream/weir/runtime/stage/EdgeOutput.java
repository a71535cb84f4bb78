package stream.weir.runtime.stage;

import java.util.List;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.function.Output;

/** Sends a replica's records along one edge: one strategy for each partitioning. */
abstract sealed class EdgeOutput implements Output {
    final LinkOutput[] links;

    private EdgeOutput(List<LinkOutput> links) {
        this.links = links.toArray(LinkOutput[]::new);
    }

    static EdgeOutput of(Partitioning partitioning, List<LinkOutput> links, int maxParallelism) {
        return switch (partitioning) {
            case Partitioning.Forward() -> new Forward(links);
            case Partitioning.Rebalance() -> new Rebalance(links);
            case Partitioning.Broadcast() -> new Broadcast(links);
            case Partitioning.ByKey<?, ?> byKey -> new ByKey(byKey, links, maxParallelism);
        };
    }

    private static final class Forward extends EdgeOutput {
        private final LinkOutput link;

        Forward(List<LinkOutput> links) {
            super(links);
            this.link = links.getFirst();
        }

        @Override
        public void emit(Object value, long timestamp) {
            link.send(value, timestamp);
        }
    }

    private static final class Rebalance extends EdgeOutput {
        private int next;

        Rebalance(List<LinkOutput> links) {
            super(links);
        }

        @Override
        public void emit(Object value, long timestamp) {
            links[next].send(value, timestamp);
            next = next + 1 == links.length ? 0 : next + 1;
        }
    }

    private static final class Broadcast extends EdgeOutput {
        Broadcast(List<LinkOutput> links) {
            super(links);
        }

        @Override
        public void emit(Object value, long timestamp) {
            for (LinkOutput link : links) {
                link.send(value, timestamp);
            }
        }
    }

    private static final class ByKey extends EdgeOutput {
        private final Partitioning.ByKey<Object, Object> byKey;
        private final Codec<Object> keyCodec;
        private final ByteWriter keyBytes = new ByteWriter(64);
        private final int maxParallelism;
        private final LinkOutput[] linkOfGroup;

        @SuppressWarnings("unchecked") // the model's stages agree on the type of what they exchange
        ByKey(Partitioning.ByKey<?, ?> byKey, List<LinkOutput> links, int maxParallelism) {
            super(links);
            this.byKey = (Partitioning.ByKey<Object, Object>) byKey;
            this.keyCodec = this.byKey.codec();
            this.maxParallelism = maxParallelism;
            this.linkOfGroup = new LinkOutput[maxParallelism];
            for (int group = 0; group < maxParallelism; group++) {
                linkOfGroup[group] = links.get(KeyGroupRange.replicaOf(maxParallelism, links.size(), group));
            }
        }

        @Override
        public void emit(Object value, long timestamp) {
            Object key = byKey.key().apply(value);
            if (key == null) {
                throw new NullKeyException(links[0].link(), value, timestamp);
            }
            keyBytes.reset();
            keyCodec.encode(key, keyBytes);
            long hash = KeyHash.of(keyBytes.buffer(), 0, keyBytes.size());
            linkOfGroup[KeyGroups.keyGroupOf(hash, maxParallelism)].send(
                    keyBytes.buffer(), keyBytes.size(), value, timestamp);
        }
    }
}
