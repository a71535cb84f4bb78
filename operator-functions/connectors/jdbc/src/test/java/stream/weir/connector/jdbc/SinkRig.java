package stream.weir.connector.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.SinkRuns;

/** Runs of a sink that writes to a table. */
final class SinkRig extends SinkRuns<SinkRig.Replica> {
    static final RowType ROWS =
            new RowType(List.of(new RowType.Column("k", Primitive.STRING), new RowType.Column("v", Primitive.INT64)));

    private final JdbcSettings settings;

    SinkRig(String pipeline, Path folder, JdbcSettings settings) {
        super(pipeline, folder);
        this.settings = settings;
    }

    static JdbcSettings settings(Table table, RowType rows, String... key) {
        return new JdbcSettings(
                table.url(),
                new Credentials(Optional.empty(), Optional.empty(), Optional.empty()),
                TableName.parse("t"),
                TableName.parse("weir_commits"),
                List.of(key),
                rows,
                3,
                Duration.ofSeconds(20),
                JdbcSettings.Beyond.FAIL);
    }

    SinkRig with(JdbcSettings other) {
        SinkRig rig = new SinkRig(pipeline, folder, other);
        rig.run = run;
        return rig;
    }

    SinkRig ofPipeline(String other) {
        return new SinkRig(other, folder, settings);
    }

    JdbcSettings settings() {
        return settings;
    }

    /** One replica in one run. */
    static final class Replica extends SinkRuns.Replica {
        private Replica(JdbcSettings settings, Context context) throws Exception {
            super(context, new JdbcSink(settings, Map.of()).open(context));
        }

        Replica write(String key, long value) throws Exception {
            return write(Row.of(ROWS, key, value));
        }

        Replica write(Row row) throws Exception {
            add(row);
            return this;
        }
    }

    @Override
    protected Replica open(Context context) throws Exception {
        return new Replica(settings, context);
    }
}
