package stream.weir.protocol.control.wire;

import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.bytes.Codes;
import stream.weir.protocol.checkpoint.Manifest;

/** A manifest, or as much of one as a stage needs. */
final class ManifestWire {
    private ManifestWire() {}

    static void write(ByteOutput out, Manifest manifest) {
        out.putText(manifest.pipeline());
        out.putLong(manifest.checkpoint());
        out.putLong(manifest.run());
        out.putLong(manifest.term());
        out.putLong(manifest.createdAtMillis());
        out.putLong(manifest.durationMillis());
        out.putCode(Codes.KINDS, manifest.kind());
        out.putInt(manifest.maxParallelism());
        out.putList(manifest.stages(), SchemaWire::write);
        out.putList(manifest.replicas(), SnapshotWire::write);
    }

    static Manifest read(ByteInput in) {
        return new Manifest(
                in.takeText("pipeline"),
                in.takeNotNegativeLong("checkpoint"),
                in.takeNotNegativeLong("run"),
                in.takeNotNegativeLong("term"),
                in.takeLong("createdAtMillis"),
                in.takeLong("durationMillis"),
                in.takeCode(Codes.KINDS, "kind"),
                in.takeNotNegativeInt("maxParallelism"),
                in.takeList("stages", SchemaWire::read),
                in.takeList("replicas", SnapshotWire::read));
    }
}
