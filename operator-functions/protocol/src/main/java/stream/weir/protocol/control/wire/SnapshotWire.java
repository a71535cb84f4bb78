package stream.weir.protocol.control.wire;

import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** What a replica contributes to a checkpoint. */
final class SnapshotWire {
    private static final int INLINE = 1;
    private static final int TABLE_FILE = 2;
    private static final int ROCKS_DB = 3;

    private SnapshotWire() {}

    static void write(ByteOutput out, ReplicaSnapshot snapshot) {
        out.putText(snapshot.stage());
        out.putInt(snapshot.replica());
        write(out, snapshot.keyGroups());
        out.putBoolean(snapshot.finished());
        out.putList(snapshot.keyed(), SnapshotWire::write);
        out.putList(snapshot.operator(), SnapshotWire::write);
        write(out, snapshot.times());
        out.putList(snapshot.states(), SnapshotWire::write);
    }

    static ReplicaSnapshot read(ByteInput in) {
        return new ReplicaSnapshot(
                in.takeText("stage"),
                in.takeNotNegativeInt("replica"),
                keyGroups(in),
                in.takeBoolean("finished"),
                in.takeList("keyed", SnapshotWire::handle),
                in.takeList("operator", SnapshotWire::operatorState),
                times(in),
                in.takeList("states", SnapshotWire::size));
    }

    private static void write(ByteOutput out, StateSize size) {
        out.putText(size.state());
        out.putLong(size.bytes());
        out.putBoolean(size.estimated());
    }

    private static StateSize size(ByteInput in) {
        return new StateSize(
                in.takeText("name of a state"), in.takeNotNegativeLong("bytes"), in.takeBoolean("estimated"));
    }

    private static void write(ByteOutput out, SnapshotTimes times) {
        out.putLong(times.barrierNanos());
        out.putLong(times.alignmentNanos());
        out.putLong(times.captureNanos());
        out.putLong(times.uploadNanos());
        out.putLong(times.acknowledgedNanos());
        out.putLong(times.stateBytes());
        out.putLong(times.uploadedBytes());
        out.putLong(times.heldBytes());
        out.putText(times.lastInput());
    }

    private static SnapshotTimes times(ByteInput in) {
        return new SnapshotTimes(
                in.takeLong("barrierNanos"),
                in.takeLong("alignmentNanos"),
                in.takeLong("captureNanos"),
                in.takeLong("uploadNanos"),
                in.takeLong("acknowledgedNanos"),
                in.takeLong("stateBytes"),
                in.takeLong("uploadedBytes"),
                in.takeLong("heldBytes"),
                in.takeText("lastInput"));
    }

    static void write(ByteOutput out, StateHandle handle) {
        switch (handle) {
            case StateHandle.Inline(var keyGroups, byte[] content) -> {
                out.putByte(INLINE);
                write(out, keyGroups);
                out.putByteArray(content);
            }
            case StateHandle.TableFile(var keyGroups, var object) -> {
                out.putByte(TABLE_FILE);
                write(out, keyGroups);
                write(out, object);
            }
            case StateHandle.RocksDb(var keyGroups, var files) -> {
                out.putByte(ROCKS_DB);
                write(out, keyGroups);
                out.putList(files, (o, file) -> {
                    o.putText(file.path());
                    write(o, file.object());
                });
            }
        }
    }

    static StateHandle handle(ByteInput in) {
        int type = in.takeByte("type of a handle");
        return switch (type) {
            case INLINE -> new StateHandle.Inline(keyGroups(in), in.takeByteArray("content"));
            case TABLE_FILE -> new StateHandle.TableFile(keyGroups(in), object(in));
            case ROCKS_DB ->
                new StateHandle.RocksDb(
                        keyGroups(in), in.takeList("files", i -> new RocksDbFile(i.takeText("path"), object(i))));
            default -> throw ControlCodec.unknownType(type, INLINE + " to " + ROCKS_DB + " for handles of state");
        };
    }

    private static void write(ByteOutput out, OperatorState state) {
        out.putText(state.name());
        out.putList(state.entries(), (o, entry) -> {
            o.putText(entry.key());
            o.putByteArray(entry.value());
        });
    }

    private static OperatorState operatorState(ByteInput in) {
        return new OperatorState(
                in.takeText("name of an operator state"),
                in.takeList("entries", i -> new OperatorState.Entry(i.takeText("key"), i.takeByteArray("value"))));
    }

    private static void write(ByteOutput out, StoredObject object) {
        out.putText(object.name());
        out.putLong(object.bytes());
        out.putInt(object.crc32c());
    }

    private static StoredObject object(ByteInput in) {
        return new StoredObject(
                in.takeText("name of an object"), in.takeNotNegativeLong("bytes"), in.takeInt("crc32c"));
    }

    static void write(ByteOutput out, KeyGroupRange range) {
        out.putInt(range.first());
        out.putInt(range.last());
    }

    static KeyGroupRange keyGroups(ByteInput in) {
        return new KeyGroupRange(in.takeInt("first key group"), in.takeInt("last key group"));
    }
}
