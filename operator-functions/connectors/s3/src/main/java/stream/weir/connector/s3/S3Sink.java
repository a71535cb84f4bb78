package stream.weir.connector.s3;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import stream.weir.api.row.Row;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.store.ObjectStore;

/** Writes rows, each exactly once, to objects below a prefix that belongs to one stage of one pipeline. */
public final class S3Sink implements Sink<Row> {
    /** Parts of large objects go one after the other, on the thread that makes a checkpoint durable. */
    private static final Executor TRANSFERS = Runnable::run;

    private final SinkSettings settings;

    S3Sink(SinkSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes the prefix for the stage and removes what earlier runs left unfinished.
     *
     * @throws UnwritableBucketException when the prefix belongs to another stage or pipeline
     */
    @Override
    public SinkWriter<Row> open(SinkContext context) throws Exception {
        OutputPrefix prefix = OutputPrefix.open(settings.bucket().store(TRANSFERS), context);
        return new S3SinkWriter(settings, new Names(context, settings.ending()), context.folder(), prefix);
    }

    /** Objects that others read. */
    @Override
    public Optional<String> leftBefore() throws IOException {
        try (ObjectStore store = settings.bucket().store(TRANSFERS)) {
            long committed = store.list("").stream()
                    .filter(object -> !object.name().startsWith("_"))
                    .count();
            return committed == 0 ? Optional.empty() : Optional.of(committed + " objects in " + store.location());
        }
    }

    @Override
    public String toString() {
        return "objects in " + settings.bucket().settings().uri();
    }
}
