package stream.weir.api.sink;

import java.util.Optional;

/** A description of an output; immutable, opened once by each replica and run. */
public interface Sink<T> {
    SinkWriter<T> open(SinkContext context) throws Exception;

    /**
     * What an earlier course has left at the target, which a start from nothing would write beside; for people. Empty where there is
     * nothing, or where nobody can tell.
     */
    default Optional<String> leftBefore() throws Exception {
        return Optional.empty();
    }
}
