package stream.weir.stage;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.stage.ReplicaThread;

/** What a replica and its channels need of each other; complete before the replica's thread starts. */
final class Beginning {
    private @Nullable ReplicaThread replica;
    private @Nullable Function<Link, FrameSink> sinks;

    void complete(ReplicaThread made, Function<Link, FrameSink> opened) {
        replica = made;
        sinks = opened;
    }

    FrameSink sink(Link link) {
        Function<Link, FrameSink> opened = sinks;
        if (opened == null) {
            throw new IllegalStateException("link " + link + " was asked for before the channels were open");
        }
        return opened.apply(link);
    }

    void start() {
        ReplicaThread opened = replica;
        if (opened != null) {
            opened.start();
        }
    }
}
