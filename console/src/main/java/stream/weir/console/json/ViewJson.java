package stream.weir.console.json;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import stream.weir.console.ConsoleJob;
import stream.weir.console.ConsoleJob.Leadership;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.JobView.Checkpoints;
import stream.weir.coordinator.status.SavepointView;
import stream.weir.coordinator.status.StageView;
import stream.weir.coordinator.status.StageView.Figures;
import stream.weir.coordinator.status.StageView.InstanceView;
import stream.weir.coordinator.status.StageView.ReplicaView;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.store.StoreException;

/** A job at one moment: what an event carries. */
public final class ViewJson {
    private final ConsoleJob job;

    private ViewJson(ConsoleJob job) {
        this.job = job;
    }

    public static String of(ConsoleJob job) {
        ViewJson writer = new ViewJson(job);
        return Json.document(out -> writer.write(out, job.view()));
    }

    private void write(Json out, JobView view) throws IOException {
        Leadership leadership = job.leadership();
        out.truth("leads", leadership.leads());
        out.text("leader", leadership.leader());
        out.text("phase", view.phase().name());
        out.text("detail", view.detail());
        out.number("run", view.run());
        out.number("term", view.term());
        out.number("atMillis", view.atMillis());
        out.list("stages", view.stages(), this::write);
        out.object("checkpoints", checkpoints -> write(checkpoints, view.checkpoints()));
        out.list("recoveries", view.recoveries(), (recovery, each) -> {
            recovery.number("atMillis", each.atMillis());
            recovery.text("cause", each.cause());
            recovery.number("run", each.run());
            recovery.number("toCheckpoint", each.toCheckpoint());
        });
        out.list("lost", view.lost(), (lost, each) -> {
            lost.text("instance", each.instance());
            lost.text("stage", each.stage());
            lost.text("cause", each.cause());
            lost.number("atMillis", each.atMillis());
        });
        out.list("savepoints", job.savepoints(), ViewJson::write);
    }

    private void write(Json out, StageView stage) throws IOException {
        int replicas = stage.replicas().size();
        out.text("name", stage.name());
        out.number("wanted", stage.wanted());
        out.list("replicas", stage.replicas(), (inner, each) -> write(inner, each, replicas));
        out.list("instances", stage.instances(), ViewJson::write);
    }

    private void write(Json out, ReplicaView replica, int replicas) throws IOException {
        int keyGroups = job.sketch().drawing().maxParallelism();
        out.number("index", replica.index());
        if (replicas <= keyGroups) {
            KeyGroupRange range = KeyGroupRange.of(keyGroups, replicas, replica.index());
            out.number("firstKeyGroup", range.first());
            out.number("lastKeyGroup", range.last());
        }
        out.text("instance", replica.instance());
        out.text("address", replica.address());
        out.truth("connected", replica.connected());
        out.truth("opened", replica.opened());
        out.truth("finished", replica.finished());
        Optional<Figures> figures = replica.figures();
        if (figures.isPresent()) {
            out.object("figures", inner -> write(inner, figures.get()));
        }
    }

    private static void write(Json out, Figures figures) throws IOException {
        out.number("records", figures.records());
        out.fraction("recordsPerSecond", figures.recordsPerSecond());
        out.fraction("busy", figures.busy());
        out.fraction("blocked", figures.blocked());
        out.fraction("idle", figures.idle());
        out.number("watermark", figures.watermark());
        out.number("upMillis", figures.totals().upMillis());
        out.number("lag", figures.lag());
        out.object("sent", sent -> write(sent, figures.sent()));
        out.object("sentPerSecond", rates -> {
            for (Map.Entry<String, Double> each : figures.sentPerSecond().entrySet()) {
                rates.fraction(each.getKey(), each.getValue());
            }
        });
        out.object("counts", counts -> write(counts, figures.counts()));
    }

    private static void write(Json out, Map<String, Long> numbers) throws IOException {
        for (Map.Entry<String, Long> each : numbers.entrySet()) {
            out.number(each.getKey(), each.getValue());
        }
    }

    private static void write(Json out, InstanceView instance) throws IOException {
        out.text("name", instance.name());
        out.text("address", instance.address());
        out.text("revision", instance.revision());
        out.truth("connected", instance.connected());
        out.number("replica", instance.replica().map(Integer::longValue));
    }

    private void write(Json out, Checkpoints checkpoints) throws IOException {
        Optional<CheckpointView> newest = checkpoints.newest();
        if (newest.isPresent()) {
            out.object("newest", inner -> CheckpointJson.write(inner, newest.get()));
        }
        out.list("inProgress", checkpoints.inProgress(), this::writeInProgress);
        out.list("history", checkpoints.history(), CheckpointJson::write);
        out.number("completed", checkpoints.completed());
        out.number("failed", checkpoints.failed());
    }

    private void writeInProgress(Json out, CheckpointView checkpoint) throws IOException {
        CheckpointJson.write(out, checkpoint);
        try {
            Optional<CheckpointDetail> detail = job.checkpoint(checkpoint.id());
            if (detail.isPresent()) {
                CheckpointJson.writeWaiting(out, detail.get());
            }
        } catch (StoreException | InvalidDocumentException _) {
            // It has ended meanwhile; the next view says how.
        }
    }

    private static void write(Json out, SavepointView savepoint) throws IOException {
        out.text("name", savepoint.name());
        out.number("atMillis", savepoint.atMillis());
        out.text("status", savepoint.status().name());
        out.number("checkpoint", savepoint.checkpoint());
        out.text("detail", savepoint.detail());
    }
}
