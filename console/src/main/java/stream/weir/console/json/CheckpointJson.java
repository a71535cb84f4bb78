package stream.weir.console.json;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointDetail.ReplicaPart;
import stream.weir.coordinator.status.CheckpointDetail.Stored;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.protocol.checkpoint.SnapshotTimes;

/** Checkpoints, as one line and in full. */
public final class CheckpointJson {
    private static final int MOST_NAMED = 10;

    private CheckpointJson() {}

    /** One in full, with the times of each replica. */
    public static String of(CheckpointDetail detail) {
        return Json.document(out -> {
            out.object("checkpoint", each -> write(each, detail.checkpoint()));
            out.list("replicas", detail.replicas(), CheckpointJson::write);
            out.list("stages", detail.states(), (stage, each) -> {
                stage.text("stage", each.stage());
                stage.list("states", each.states(), (state, schema) -> {
                    state.text("name", schema.state());
                    state.text("kind", schema.kind());
                    state.text("type", schema.schema());
                });
            });
        });
    }

    /** Where a restart can go back to. */
    public static String kept(List<CheckpointView> checkpoints, List<String> savepoints) {
        return Json.document(out -> {
            out.list("checkpoints", checkpoints, CheckpointJson::write);
            out.texts("savepoints", savepoints);
        });
    }

    static void write(Json out, CheckpointView checkpoint) throws IOException {
        out.number("id", checkpoint.id());
        out.text("status", checkpoint.status().name());
        out.text("kind", checkpoint.kind().map(Enum::name));
        out.number("atMillis", checkpoint.atMillis());
        out.number("durationMillis", checkpoint.durationMillis());
        out.number("stateBytes", checkpoint.stateBytes());
        out.number("uploadedBytes", checkpoint.uploadedBytes());
        out.object("stages", stages -> {
            for (var each : checkpoint.stages().entrySet()) {
                stages.number(each.getKey(), each.getValue());
            }
        });
        out.text("failure", checkpoint.failure().map(Enum::name));
        out.text("detail", checkpoint.detail());
    }

    /** Who has acknowledged one that is under way, and who has not. */
    static void writeWaiting(Json out, CheckpointDetail detail) throws IOException {
        List<String> waiting = detail.replicas().stream()
                .filter(each -> each.stored().isEmpty())
                .map(each -> each.stage() + "-" + each.replica())
                .toList();
        out.number("replicas", detail.replicas().size());
        out.number("acknowledged", detail.replicas().size() - waiting.size());
        out.texts("waitingFor", waiting.stream().limit(MOST_NAMED).toList());
    }

    private static void write(Json out, ReplicaPart part) throws IOException {
        out.text("stage", part.stage());
        out.number("replica", part.replica());
        Optional<Stored> stored = part.stored();
        if (stored.isPresent()) {
            write(out, stored.get());
        }
    }

    private static void write(Json out, Stored stored) throws IOException {
        out.text(
                "keyGroups",
                stored.keyGroups().first() + "–" + stored.keyGroups().last());
        out.truth("finished", stored.finished());
        out.number("objects", stored.objects());
        SnapshotTimes times = stored.times();
        out.object("times", each -> {
            each.number("barrierNanos", times.barrierNanos());
            each.number("alignmentNanos", times.alignmentNanos());
            each.number("captureNanos", times.captureNanos());
            each.number("uploadNanos", times.uploadNanos());
            each.number("acknowledgedNanos", times.acknowledgedNanos());
            each.number("stateBytes", times.stateBytes());
            each.number("uploadedBytes", times.uploadedBytes());
            each.number("heldBytes", times.heldBytes());
            each.text("lastInput", times.lastInput());
        });
        out.list("states", stored.states(), (state, size) -> {
            state.text("name", size.state());
            state.number("bytes", size.bytes());
            state.truth("estimated", size.estimated());
        });
    }
}
