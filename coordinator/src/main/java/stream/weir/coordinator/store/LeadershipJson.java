package stream.weir.coordinator.store;

import java.io.IOException;
import stream.weir.coordinator.checkpoint.RunRecord;

/** The small documents: owner, terms, runs, and the mark of a branch that has completed a checkpoint. */
final class LeadershipJson {
    private static final String OWNER = "owner";
    private static final String TERM = "term";
    private static final String RUN = "run";
    private static final String COMPLETED = "completed";

    private LeadershipJson() {}

    /** Who may write to a folder. */
    record Owner(String pipeline) {}

    /** @param nonce tells two coordinators apart that open the same term at the same moment */
    record Term(String pipeline, long term, String nonce, long createdAtMillis) {}

    /** A branch has had a complete checkpoint, and may never start empty again. */
    record Completed(String pipeline, long root) {}

    static byte[] write(Owner owner) {
        return Documents.write(OWNER, out -> out.text("pipeline", owner.pipeline()));
    }

    static Owner owner(String name, byte[] content) throws InvalidDocumentException {
        return Documents.read(
                name,
                content,
                (in, kind) -> new Owner(expected(in, kind, OWNER).text("pipeline")),
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

    static byte[] write(RunRecord run) {
        return Documents.write(RUN, out -> {
            out.text("pipeline", run.pipeline());
            out.number("run", run.run());
            out.number("parent", run.parent());
            out.number("root", run.root());
            out.number("from", run.from());
            out.number("firstCheckpoint", run.firstCheckpoint());
            out.number("term", run.term());
        });
    }

    static RunRecord run(String name, byte[] content) throws InvalidDocumentException {
        return Documents.read(
                name,
                content,
                (in, kind) -> new RunRecord(
                        expected(in, kind, RUN).text("pipeline"),
                        in.number("run"),
                        in.number("parent"),
                        in.number("root"),
                        in.number("from"),
                        in.number("firstCheckpoint"),
                        in.number("term")),
                LeadershipJson::write);
    }

    private static JsonIn expected(JsonIn in, String kind, String wanted) throws IOException {
        if (!kind.equals(wanted)) {
            throw in.at("", "a " + kind + ", where a " + wanted + " has to be");
        }
        return in;
    }
}
