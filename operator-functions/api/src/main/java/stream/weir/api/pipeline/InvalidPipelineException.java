package stream.weir.api.pipeline;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A pipeline cannot run as it is; the message names all problems. */
public final class InvalidPipelineException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidPipelineException(String pipeline, List<Problem> problems) {
        super("pipeline " + pipeline + " has " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:")
                + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
