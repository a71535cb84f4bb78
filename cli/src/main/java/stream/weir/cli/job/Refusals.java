package stream.weir.cli.job;

import java.io.IOException;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;

/** Reads answers that say no. */
final class Refusals {
    private Refusals() {}

    static RefusedException of(String body, String otherwise, String detail) {
        Value problem;
        try {
            problem = Json.read(body);
        } catch (IOException e) {
            problem = Value.NOTHING;
        }
        String reason = problem.at("reason").text();
        return reason.isEmpty()
                ? new RefusedException(otherwise, detail)
                : new RefusedException(reason, problem.at("detail").text());
    }
}
