package stream.weir.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;
import stream.weir.cli.job.Coordinators;
import stream.weir.cli.job.Kubectl;

/**
 * A savepoint of a running job: asked for, then waited for.
 *
 * @param patience 0 for not waiting
 */
record SavepointWish(String name, Duration patience) {
    private static final Duration POLL = Duration.ofMillis(500);

    /** What came of it. */
    enum Outcome {
        MADE,
        ASKED
    }

    /** Asks the coordinator itself. */
    Outcome ask(Coordinators job) throws IOException, InterruptedException {
        if (job.get("savepoints").items().contains(Value.of(name))) {
            throw new IOException("there is another savepoint " + name + ": choose a name of its own");
        }
        job.post("savepoints", Value.fields().with("name", name).build());
        for (long polls = patience.dividedBy(POLL); polls > 0; polls--) {
            Thread.sleep(POLL);
            if (job.get("savepoints").items().contains(Value.of(name))) {
                return Outcome.MADE;
            }
        }
        return Outcome.ASKED;
    }

    /** Makes a StreamSavepoint, whose status says what came of it. */
    Outcome ask(Kubectl kubectl, String pipeline) throws IOException, InterruptedException {
        Value savepoint = Value.fields()
                .with("apiVersion", "weir.stream/v1alpha1")
                .with("kind", "StreamSavepoint")
                .with("metadata", Value.fields().with("name", name).build())
                .with("spec", Value.fields().with("pipeline", pipeline).build())
                .build();
        kubectl.text(List.of("create", "-f", "-"), Json.line(savepoint));
        for (long polls = patience.dividedBy(POLL); polls > 0; polls--) {
            Thread.sleep(POLL);
            Value status = Json.read(kubectl.text(List.of("get", "streamsavepoint", name, "-o", "json")))
                    .at("status");
            switch (status.at("state").text()) {
                case "Completed" -> {
                    return Outcome.MADE;
                }
                case "Failed", "Abandoned" ->
                    throw new IOException("the savepoint has come to nothing: "
                            + status.at("error").text());
                default -> {}
            }
        }
        return Outcome.ASKED;
    }
}
