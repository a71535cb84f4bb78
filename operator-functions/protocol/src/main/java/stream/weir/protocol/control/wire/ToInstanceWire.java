package stream.weir.protocol.control.wire;

import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.bytes.Codes;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Assignment;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;

/** Messages from the coordinator. */
final class ToInstanceWire {
    private static final int LEAD = 1;
    private static final int ASSIGN = 2;
    private static final int ROUTES = 3;
    private static final int TELL = 4;
    private static final int RELEASE = 5;
    private static final int LEAVE = 6;
    private static final int PREPARE = 7;

    private static final int TRIGGER = 1;
    private static final int ABORT = 2;
    private static final int COMPLETE = 3;
    private static final int END_INPUT = 4;

    private ToInstanceWire() {}

    static void write(ByteOutput out, ToInstance message) {
        switch (message) {
            case ToInstance.Lead(String pipeline, long term) -> {
                out.putByte(LEAD);
                out.putText(pipeline);
                out.putLong(term);
            }
            case ToInstance.Assign(Assignment assignment) -> {
                out.putByte(ASSIGN);
                write(out, assignment);
            }
            case ToInstance.Routes(var fence, var addresses) -> {
                out.putByte(ROUTES);
                Names.write(out, fence);
                out.putMap(addresses, Names::write, ToInstanceWire::write);
            }
            case ToInstance.Tell(ToReplica told) -> {
                out.putByte(TELL);
                write(out, told);
            }
            case ToInstance.Release(var fence, String reason) -> {
                out.putByte(RELEASE);
                Names.write(out, fence);
                out.putText(reason);
            }
            case ToInstance.Leave(var departure, String detail) -> {
                out.putByte(LEAVE);
                out.putCode(ControlCodes.DEPARTURES, departure);
                out.putText(detail);
            }
            case ToInstance.Prepare(var fence, long number, var keyGroups, var keyed) -> {
                out.putByte(PREPARE);
                Names.write(out, fence);
                out.putLong(number);
                SnapshotWire.write(out, keyGroups);
                out.putList(keyed, SnapshotWire::write);
            }
        }
    }

    static ToInstance read(ByteInput in) {
        int type = in.takeByte("type");
        return switch (type) {
            case LEAD -> new ToInstance.Lead(in.takeText("pipeline"), in.takeNotNegativeLong("term"));
            case ASSIGN -> new ToInstance.Assign(assignment(in));
            case ROUTES ->
                new ToInstance.Routes(
                        Names.fence(in), in.takeMap("addresses", Names::replica, ToInstanceWire::address));
            case TELL -> new ToInstance.Tell(toReplica(in));
            case RELEASE -> new ToInstance.Release(Names.fence(in), in.takeText("reason"));
            case LEAVE ->
                new ToInstance.Leave(in.takeCode(ControlCodes.DEPARTURES, "departure"), in.takeText("detail"));
            case PREPARE ->
                new ToInstance.Prepare(
                        Names.fence(in),
                        in.takeNotNegativeLong("number"),
                        SnapshotWire.keyGroups(in),
                        in.takeList("keyed", SnapshotWire::handle));
            default -> throw ControlCodec.unknownType(type, LEAD + " to " + PREPARE + " for messages to a process");
        };
    }

    private static void write(ByteOutput out, Assignment assignment) {
        Names.write(out, assignment.fence());
        Names.write(out, assignment.replica());
        out.putMap(assignment.replicas(), ByteOutput::putText, ByteOutput::putInt);
        out.putOptional(assignment.from(), ManifestWire::write);
        out.putCode(ControlCodes.DROPPED_STATE, assignment.droppedState());
    }

    private static Assignment assignment(ByteInput in) {
        return new Assignment(
                Names.fence(in),
                Names.replica(in),
                in.takeMap("replicas", i -> i.takeText("stage"), i -> i.takeNotNegativeInt("replicas of a stage")),
                in.takeOptional("from", ManifestWire::read),
                in.takeCode(ControlCodes.DROPPED_STATE, "droppedState"));
    }

    private static void write(ByteOutput out, Address address) {
        out.putText(address.host());
        out.putInt(address.port());
    }

    private static Address address(ByteInput in) {
        Address address = new Address(in.takeText("host"), in.takeInt("port"));
        if (address.port() == 0) {
            throw new IllegalArgumentException("nobody can be reached at " + address);
        }
        return address;
    }

    private static void write(ByteOutput out, ToReplica message) {
        out.putByte(
                switch (message) {
                    case ToReplica.Trigger _ -> TRIGGER;
                    case ToReplica.Abort _ -> ABORT;
                    case ToReplica.Complete _ -> COMPLETE;
                    case ToReplica.EndInput _ -> END_INPUT;
                });
        Names.write(out, message.fence());
        if (message instanceof ToReplica.OfCheckpoint of) {
            out.putLong(of.checkpoint());
        }
        switch (message) {
            case ToReplica.Trigger trigger -> out.putCode(Codes.KINDS, trigger.kind());
            case ToReplica.Abort abort -> out.putCode(Codes.FAILURES, abort.reason());
            case ToReplica.Complete _, ToReplica.EndInput _ -> {}
        }
    }

    private static ToReplica toReplica(ByteInput in) {
        int type = in.takeByte("type of what is told");
        if (type < TRIGGER || type > END_INPUT) {
            throw ControlCodec.unknownType(type, TRIGGER + " to " + END_INPUT + " for what a replica is told");
        }
        var fence = Names.fence(in);
        if (type == END_INPUT) {
            return new ToReplica.EndInput(fence);
        }
        long checkpoint = in.takeNotNegativeLong("checkpoint");
        return switch (type) {
            case TRIGGER -> new ToReplica.Trigger(fence, checkpoint, in.takeCode(Codes.KINDS, "kind"));
            case ABORT -> new ToReplica.Abort(fence, checkpoint, in.takeCode(Codes.FAILURES, "reason"));
            default -> new ToReplica.Complete(fence, checkpoint);
        };
    }
}
