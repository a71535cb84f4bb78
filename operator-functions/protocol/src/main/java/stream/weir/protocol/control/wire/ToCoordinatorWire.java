package stream.weir.protocol.control.wire;

import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.bytes.Codes;
import stream.weir.protocol.control.ToCoordinator;

/** What a replica says to the coordinator. */
final class ToCoordinatorWire {
    private static final int OPENED = 1;
    private static final int ACKNOWLEDGE = 2;
    private static final int DECLINE = 3;
    private static final int FINISHED = 4;
    private static final int COMMITTED = 5;
    private static final int FAILED = 6;

    private ToCoordinatorWire() {}

    static void write(ByteOutput out, ToCoordinator message) {
        out.putByte(
                switch (message) {
                    case ToCoordinator.Opened _ -> OPENED;
                    case ToCoordinator.Acknowledge _ -> ACKNOWLEDGE;
                    case ToCoordinator.Decline _ -> DECLINE;
                    case ToCoordinator.Finished _ -> FINISHED;
                    case ToCoordinator.Committed _ -> COMMITTED;
                    case ToCoordinator.Failed _ -> FAILED;
                });
        Names.write(out, message.fence());
        Names.write(out, message.replica());
        switch (message) {
            case ToCoordinator.Opened opened -> SchemaWire.write(out, opened.schema());
            case ToCoordinator.Acknowledge acknowledge -> {
                out.putLong(acknowledge.checkpoint());
                SnapshotWire.write(out, acknowledge.snapshot());
            }
            case ToCoordinator.Decline decline -> {
                out.putLong(decline.checkpoint());
                out.putCode(Codes.FAILURES, decline.reason());
                out.putText(decline.detail());
            }
            case ToCoordinator.Finished _ -> {}
            case ToCoordinator.Committed committed -> out.putLong(committed.checkpoint());
            case ToCoordinator.Failed failed -> out.putText(failed.error());
        }
    }

    static ToCoordinator read(ByteInput in) {
        int type = in.takeByte("type of what is said");
        if (type < OPENED || type > FAILED) {
            throw ControlCodec.unknownType(type, OPENED + " to " + FAILED + " for what a replica says");
        }
        var fence = Names.fence(in);
        var replica = Names.replica(in);
        return switch (type) {
            case OPENED -> new ToCoordinator.Opened(fence, replica, SchemaWire.read(in));
            case ACKNOWLEDGE ->
                new ToCoordinator.Acknowledge(
                        fence, replica, in.takeNotNegativeLong("checkpoint"), SnapshotWire.read(in));
            case DECLINE ->
                new ToCoordinator.Decline(
                        fence,
                        replica,
                        in.takeNotNegativeLong("checkpoint"),
                        in.takeCode(Codes.FAILURES, "reason"),
                        in.takeText("detail"));
            case FINISHED -> new ToCoordinator.Finished(fence, replica);
            case COMMITTED -> new ToCoordinator.Committed(fence, replica, in.takeNotNegativeLong("checkpoint"));
            default -> new ToCoordinator.Failed(fence, replica, in.takeText("error"));
        };
    }
}
