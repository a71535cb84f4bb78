package stream.weir.cli.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.SchemaText;
import stream.weir.api.codec.SchemaValues;
import stream.weir.cli.answer.Value;
import stream.weir.definition.aggregate.AggregateValues;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StageSchema.StateSchema;
import stream.weir.runtime.state.Slice;

/**
 * How the entries of a table are to be read, by the kind of state that the manifest gives. A kind that is not known here is shown as
 * bytes.
 *
 * @param key schema of the stage's keys
 * @param values schema of what is stored; empty for kinds without
 */
record EntryForm(Kind kind, Optional<Schema> key, Optional<Schema> values) {
    private static final String KEY = "key";
    private static final String COUNT = "count";

    /** The layouts of tables, as steps make them. */
    private enum Kind {
        VALUE,
        PANES,
        SESSIONS,
        LIST,
        MAP,
        TIMERS,
        WINDOW_JOIN,
        JOIN_WITHIN,
        BYTES
    }

    /** Whether it holds something of the pipeline's: not the declaration of keys, and no counter of the engine. */
    static boolean isReadable(StateSchema state) {
        return !state.kind().equals(KEY) && !state.kind().equals(COUNT);
    }

    static EntryForm of(StageSchema stage, StateSchema state) {
        Optional<Schema> key = stage.states().stream()
                .filter(each -> each.kind().equals(KEY))
                .findFirst()
                .map(each -> SchemaText.parse(each.schema()));
        Optional<Schema> schema =
                state.schema().isEmpty() ? Optional.empty() : Optional.of(SchemaText.parse(state.schema()));
        return new EntryForm(kind(state.kind()), key, schema);
    }

    private static Kind kind(String kind) {
        return switch (kind) {
            case "value", "aggregating" -> Kind.VALUE;
            case "list" -> Kind.LIST;
            case "map" -> Kind.MAP;
            case "timers" -> Kind.TIMERS;
            case "sessions" -> Kind.SESSIONS;
            case String panes when panes.startsWith("panes of ") -> Kind.PANES;
            case String join when join.startsWith("join within ") -> Kind.JOIN_WITHIN;
            case String join when join.startsWith("join") -> Kind.WINDOW_JOIN;
            default -> Kind.BYTES;
        };
    }

    boolean isOrdered() {
        return switch (kind) {
            case LIST, MAP, TIMERS, WINDOW_JOIN, JOIN_WITHIN -> true;
            case VALUE, PANES, SESSIONS, BYTES -> false;
        };
    }

    /** An entry as a value; empty for those that the table keeps for itself. What cannot be decoded is shown as bytes, with why. */
    Optional<Value> entry(long pane, Slice keySlice, Slice valueSlice, int group, int replica) {
        if (kind == Kind.LIST && keySlice.length() == 1) {
            return Optional.empty();
        }
        Value.Builder entry = Value.fields();
        try {
            decode(entry, pane, reader(keySlice), reader(valueSlice));
        } catch (MalformedDataException | IndexOutOfBoundsException e) {
            entry.with("keyBytes", hex(keySlice)).with("bytes", hex(valueSlice)).with("problem", String.valueOf(e));
        }
        return Optional.of(
                entry.with("keyGroup", group).with("replica", replica).build());
    }

    private void decode(Value.Builder entry, long pane, ByteReader keys, ByteReader stored) {
        switch (kind) {
            case VALUE -> entry.with("key", key(keys, keys.remaining())).with("value", value(stored));
            case PANES ->
                entry.with("key", key(keys, keys.remaining()))
                        .with("pane", Times.text(pane))
                        .with("value", value(stored));
            case SESSIONS -> entry.with("key", key(keys, keys.remaining())).with("value", sessions(stored));
            case LIST -> {
                entry.with("key", key(keys, keys.readLength()));
                entry.with("position", keys.readLong()).with("value", element(stored));
            }
            case MAP -> {
                entry.with("key", key(keys, keys.readLength()));
                Schema.MapOf map = (Schema.MapOf) values.orElseThrow();
                entry.with("entry", Values.of(SchemaValues.read(map.key(), keys)))
                        .with("value", decoded(map.value(), stored));
            }
            case TIMERS -> {
                String time = Times.text(keys.readLong() ^ Long.MIN_VALUE);
                entry.with("key", key(keys, keys.remaining())).with("time", time);
            }
            case WINDOW_JOIN -> {
                entry.with("windowEnd", Times.text(keys.readLong() ^ Long.MIN_VALUE));
                entry.with("key", key(keys, keys.readInt()));
                join(entry, stored);
            }
            case JOIN_WITHIN -> {
                entry.with("key", key(keys, keys.readInt()));
                join(entry, stored);
            }
            case BYTES -> entry.with("keyBytes", hex(keys)).with("bytes", hex(stored));
        }
    }

    private Value key(ByteReader keys, int length) {
        byte[] bytes = keys.readBytes(length);
        return key.map(schema -> Values.of(SchemaValues.read(schema, new ByteReader(bytes))))
                .orElseGet(() -> Value.of(Bytes.of(bytes).toHex()));
    }

    private Value value(ByteReader stored) {
        return decoded(values.orElseThrow(), stored);
    }

    private Value element(ByteReader stored) {
        return decoded(((Schema.ListOf) values.orElseThrow()).element(), stored);
    }

    private Value sessions(ByteReader stored) {
        List<Value> all = new ArrayList<>();
        Schema.Struct session = (Schema.Struct) ((Schema.ListOf) values.orElseThrow()).element();
        while (stored.remaining() > 0) {
            Value.Builder one = Value.fields()
                    .with("start", Times.text(stored.readLong()))
                    .with("end", Times.text(stored.readLong()));
            Schema accumulator = session.fields().getLast().type();
            all.add(one.with("value", decoded(accumulator, new ByteReader(stored.readLengthPrefixed())))
                    .build());
        }
        return new Value.Items(all);
    }

    /** One byte for the side, the record's time, the record. */
    private void join(Value.Builder entry, ByteReader stored) {
        boolean isRight = stored.readByte() == 2;
        Schema.Struct sides = (Schema.Struct) values.orElseThrow();
        entry.with("side", isRight ? "right" : "left").with("time", Times.text(stored.readLong()));
        entry.with(
                "value",
                decoded((isRight ? sides.fields().getLast() : sides.fields().getFirst()).type(), stored));
    }

    private static Value decoded(Schema schema, ByteReader stored) {
        @Nullable
        Object value = AggregateValues.holds(schema)
                ? AggregateValues.read((Schema.Struct) schema, stored)
                : SchemaValues.read(schema, stored);
        return Values.of(value);
    }

    private static ByteReader reader(Slice slice) {
        return new ByteReader().wrap(slice.array(), slice.offset(), slice.length());
    }

    private static String hex(Slice slice) {
        return Bytes.of(slice.toByteArray()).toHex();
    }

    private static String hex(ByteReader in) {
        return Bytes.of(in.readBytes(in.remaining())).toHex();
    }
}
