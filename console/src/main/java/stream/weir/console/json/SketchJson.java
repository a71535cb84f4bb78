package stream.weir.console.json;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import stream.weir.console.ConsoleJob;
import stream.weir.console.Order;
import stream.weir.console.Secrets;
import stream.weir.console.Sketch;
import stream.weir.console.Sketch.Where;
import stream.weir.definition.PipelineDrawing;

/** What of a job does not change, and what can be asked of it. */
public final class SketchJson {
    private SketchJson() {}

    /** Who may give orders to a console. */
    public enum Access {
        /** Nobody: it has no token. */
        READ_ONLY,
        /** Who has the token. */
        TOKEN
    }

    public static String of(ConsoleJob job, Access access) {
        Sketch sketch = job.sketch();
        Set<Order.Kind> orders = new TreeSet<>(job.orders());
        return Json.document(out -> {
            PipelineDrawing drawing = sketch.drawing();
            out.text("name", drawing.name());
            out.number("maxParallelism", drawing.maxParallelism());
            out.text("backend", drawing.backend());
            out.list("stages", drawing.stages(), (stage, each) -> {
                stage.text("name", each.name());
                stage.text("source", each.source());
                stage.texts("steps", each.steps());
                stage.text("sink", each.sink());
            });
            out.list("edges", drawing.edges(), (edge, each) -> {
                edge.text("from", each.from());
                edge.text("output", each.output());
                edge.text("to", each.to());
                edge.text("distribution", each.distribution());
                edge.text("durable", each.durable());
            });
            out.text("spec", Secrets.hiddenIn(sketch.spec()));
            out.object("where", where -> write(where, sketch.where()));
            out.texts("orders", orders.stream().map(Enum::name).toList());
            out.text("access", access.name());
        });
    }

    private static void write(Json out, Where where) throws IOException {
        switch (where) {
            case Where.InCluster(String namespace, String pipeline) -> {
                out.text("kind", "CLUSTER");
                out.text("namespace", namespace);
                out.text("pipeline", pipeline);
            }
            case Where.AsServices() -> out.text("kind", "SERVICES");
            case Where.InProcess(String file) -> {
                out.text("kind", "PROCESS");
                out.text("file", file);
            }
        }
    }
}
