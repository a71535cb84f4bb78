package stream.weir.protocol.control.wire;

import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;

/** What nearly every message begins with. */
final class Names {
    private Names() {}

    static void write(ByteOutput out, Fence fence) {
        out.putText(fence.pipeline());
        out.putLong(fence.run());
        out.putLong(fence.term());
    }

    static Fence fence(ByteInput in) {
        return new Fence(in.takeText("pipeline"), in.takeNotNegativeLong("run"), in.takeNotNegativeLong("term"));
    }

    static void write(ByteOutput out, ReplicaId replica) {
        out.putText(replica.stage());
        out.putInt(replica.index());
    }

    static ReplicaId replica(ByteInput in) {
        return new ReplicaId(in.takeText("stage"), in.takeNotNegativeInt("replica"));
    }
}
