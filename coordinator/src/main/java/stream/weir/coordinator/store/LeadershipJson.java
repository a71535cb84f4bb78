package stream.weir.coordinator.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.JournalRecord;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.checkpoint.TakeoverRecord;

/** The small documents: owner, terms, the journal of runs, and the mark of a branch that has completed a checkpoint. */
final class LeadershipJson {
    private static final String OWNER = "owner";
    private static final String TERM = "term";
    private static final String RUN = "run";
    private static final String TAKEOVER = "takeover";
    private static final String STAGES = "stages";
    private static final String REQUEST = "request";
    private static final String COMPLETED = "completed";
    private static final String STOP = "stop";
    private static final String SAVEPOINT = "savepointWish";

    private LeadershipJson() {}

    /** Who may write to a folder. */
    /** @param home see {@link CheckpointStore#of(ObjectStore, String, String)} */
    record Owner(String pipeline, String home) {}

    /** @param nonce tells two coordinators apart that open the same term at the same moment */
    record Term(String pipeline, long term, String nonce, long createdAtMillis) {}

    /** A branch has had a complete checkpoint, and may never start empty again. */
    record Completed(String pipeline, long root) {}

    /** Somebody has asked the job to end, in this run, and it has not come about yet. */
    record Stop(String pipeline, long run) {}

    /** Somebody has asked for a savepoint, and it has not come about yet. */
    record SavepointWish(String pipeline, String savepoint) {}

    static byte[] write(Owner owner) {
        return Documents.write(OWNER, out -> {
            out.text("pipeline", owner.pipeline());
            if (!owner.home().isEmpty()) {
                out.text("home", owner.home());
            }
        });
    }

    static Owner owner(String name, byte[] content) throws InvalidDocumentException {
        return Documents.read(
                name,
                content,
                (in, kind) -> new Owner(
                        expected(in, kind, OWNER).text("pipeline"), in.hasField("home") ? in.text("home") : ""),
                LeadershipJson::write);
    }

    static byte[] write(Term term) {
        return Documents.write(TERM, out -> {
            out.text("pipeline", term.pipeline());
            out.number("term", term.term());
            out.text("nonce", term.nonce());
            out.number("createdAtMillis", term.createdAtMillis());
        });
    }

    static byte[] write(Completed completed) {
        return Documents.write(COMPLETED, out -> {
            out.text("pipeline", completed.pipeline());
            out.number("root", completed.root());
        });
    }

    static byte[] write(Stop stop) {
        return Documents.write(STOP, out -> {
            out.text("pipeline", stop.pipeline());
            out.number("run", stop.run());
        });
    }

    static byte[] write(SavepointWish wish) {
        return Documents.write(SAVEPOINT, out -> {
            out.text("pipeline", wish.pipeline());
            out.text("savepoint", wish.savepoint());
        });
    }

    static byte[] write(JournalRecord record) {
        return switch (record) {
            case RunRecord run -> write(run);
            case TakeoverRecord takeover -> write(takeover);
        };
    }

    private static byte[] write(TakeoverRecord takeover) {
        return Documents.write(TAKEOVER, out -> {
            out.text("pipeline", takeover.pipeline());
            out.number("sequence", takeover.sequence());
            out.number("continues", takeover.continues());
            out.number("term", takeover.term());
        });
    }

    private static byte[] write(RunRecord run) {
        return Documents.write(RUN, out -> {
            out.text("pipeline", run.pipeline());
            out.number("run", run.run());
            out.number("parent", run.parent());
            out.number("root", run.root());
            out.number("from", run.from());
            out.number("firstCheckpoint", run.firstCheckpoint());
            out.number("term", run.term());
            if (!run.stages().isEmpty()) {
                out.list(STAGES, run.stages(), LeadershipJson::stage);
            }
            if (run.request().isPresent()) {
                out.text(REQUEST, run.request().get());
            }
        });
    }

    static JournalRecord journal(String name, byte[] content) throws InvalidDocumentException {
        return Documents.read(
                name,
                content,
                (in, kind) -> kind.equals(TAKEOVER) ? takeover(in) : run(expected(in, kind, RUN)),
                LeadershipJson::write);
    }

    private static TakeoverRecord takeover(JsonIn in) throws IOException {
        return new TakeoverRecord(
                in.text("pipeline"), in.number("sequence"), in.number("continues"), in.number("term"));
    }

    private static RunRecord run(JsonIn in) throws IOException {
        return new RunRecord(
                in.text("pipeline"),
                in.number("run"),
                in.number("parent"),
                in.number("root"),
                in.number("from"),
                in.number("firstCheckpoint"),
                in.number("term"),
                in.hasField(STAGES) ? in.list(STAGES, LeadershipJson::stage) : List.of(),
                in.hasField(REQUEST) ? Optional.of(in.text(REQUEST)) : Optional.empty());
    }

    private static void stage(JsonOut out, StageDescription stage) throws IOException {
        out.text("name", stage.name());
        out.number("replicas", stage.replicas());
        out.truth("sink", stage.hasSink());
        out.text("revision", stage.revision());
    }

    private static StageDescription stage(JsonIn in) throws IOException {
        return new StageDescription(in.text("name"), in.smallNumber("replicas"), in.truth("sink"), in.text("revision"));
    }

    private static JsonIn expected(JsonIn in, String kind, String wanted) throws IOException {
        if (!kind.equals(wanted)) {
            throw in.at("", "a " + kind + ", where a " + wanted + " has to be");
        }
        return in;
    }
}
