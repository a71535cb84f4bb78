package stream.weir.protocol.control.wire;

import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StageSchema.StateSchema;

/** What a stage's state looks like. */
final class SchemaWire {
    private SchemaWire() {}

    static void write(ByteOutput out, StageSchema schema) {
        out.putText(schema.stage());
        out.putInt(schema.parallelism());
        out.putList(schema.states(), (o, state) -> {
            o.putText(state.state());
            o.putText(state.kind());
            o.putText(state.schema());
        });
    }

    static StageSchema read(ByteInput in) {
        return new StageSchema(
                in.takeText("stage"),
                in.takeNotNegativeInt("parallelism"),
                in.takeList(
                        "states", i -> new StateSchema(i.takeText("state"), i.takeText("kind"), i.takeText("schema"))));
    }
}
