package stream.weir.protocol.control.wire;

import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.FromInstance.Held;
import stream.weir.protocol.control.ReplicaProgress;

/** Messages from a stage process. */
final class FromInstanceWire {
    private static final int HOLDING = 65;
    private static final int REPORT = 66;
    private static final int NOT_OPENED = 67;
    private static final int DEPARTING = 68;
    private static final int PROGRESS = 69;
    private static final int PREPARED = 70;

    private FromInstanceWire() {}

    static void write(ByteOutput out, FromInstance message) {
        switch (message) {
            case FromInstance.Holding(var running, var files) -> {
                out.putByte(HOLDING);
                out.putOptional(running, FromInstanceWire::write);
                out.putOptional(files, Names::write);
            }
            case FromInstance.Report(var said) -> {
                out.putByte(REPORT);
                ToCoordinatorWire.write(out, said);
            }
            case FromInstance.NotOpened(var fence, var replica, var cause, String error) -> {
                out.putByte(NOT_OPENED);
                Names.write(out, fence);
                Names.write(out, replica);
                out.putCode(ControlCodes.CAUSES, cause);
                out.putText(error);
            }
            case FromInstance.Departing(long graceMillis, String reason) -> {
                out.putByte(DEPARTING);
                out.putLong(graceMillis);
                out.putText(reason);
            }
            case FromInstance.Progress(var fence, var replica, var progress) -> {
                out.putByte(PROGRESS);
                Names.write(out, fence);
                Names.write(out, replica);
                write(out, progress);
            }
            case FromInstance.Prepared(var fence, long number) -> {
                out.putByte(PREPARED);
                Names.write(out, fence);
                out.putLong(number);
            }
        }
    }

    static FromInstance read(ByteInput in) {
        int type = in.takeByte("type");
        return switch (type) {
            case HOLDING ->
                new FromInstance.Holding(
                        in.takeOptional("running", FromInstanceWire::held), in.takeOptional("files", Names::replica));
            case REPORT -> new FromInstance.Report(ToCoordinatorWire.read(in));
            case NOT_OPENED ->
                new FromInstance.NotOpened(
                        Names.fence(in),
                        Names.replica(in),
                        in.takeCode(ControlCodes.CAUSES, "cause"),
                        in.takeText("error"));
            case DEPARTING -> new FromInstance.Departing(in.takeNotNegativeLong("graceMillis"), in.takeText("reason"));
            case PROGRESS -> new FromInstance.Progress(Names.fence(in), Names.replica(in), progress(in));
            case PREPARED -> new FromInstance.Prepared(Names.fence(in), in.takeNotNegativeLong("number"));
            default ->
                throw ControlCodec.unknownType(type, HOLDING + " to " + PREPARED + " for messages from a process");
        };
    }

    private static void write(ByteOutput out, Held held) {
        Names.write(out, held.fence());
        Names.write(out, held.replica());
        out.putLong(held.highestCheckpoint());
    }

    private static Held held(ByteInput in) {
        return new Held(Names.fence(in), Names.replica(in), in.takeNotNegativeLong("highestCheckpoint"));
    }

    private static void write(ByteOutput out, ReplicaProgress progress) {
        out.putLong(progress.records());
        out.putLong(progress.idleNanos());
        out.putLong(progress.blockedNanos());
        out.putLong(progress.watermark());
        out.putLong(progress.upNanos());
        out.putOptional(progress.lag(), ByteOutput::putLong);
        out.putMap(progress.sent(), ByteOutput::putText, ByteOutput::putLong);
        out.putMap(progress.counts(), ByteOutput::putText, ByteOutput::putLong);
    }

    private static ReplicaProgress progress(ByteInput in) {
        return new ReplicaProgress(
                in.takeLong("records"),
                in.takeLong("idleNanos"),
                in.takeLong("blockedNanos"),
                in.takeLong("watermark"),
                in.takeLong("upNanos"),
                in.takeOptional("lag", i -> i.takeLong("lag")),
                in.takeMap("sent", i -> i.takeText("name of a stage"), i -> i.takeLong("records")),
                in.takeMap("counts", i -> i.takeText("name of a count"), i -> i.takeLong("count")));
    }
}
