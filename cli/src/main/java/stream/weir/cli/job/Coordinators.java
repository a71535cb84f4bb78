package stream.weir.cli.job;

import java.io.IOException;
import stream.weir.cli.answer.Value;

/** The coordinators of one pipeline, of which one leads and answers. */
public interface Coordinators {
    /** For messages. */
    String name();

    /**
     * @param path below {@code /api/v1}, without a slash before it
     * @throws RefusedException when the coordinator says no
     * @throws IOException when none answers as leader
     */
    Value get(String path) throws IOException;

    /**
     * Asks for something to be done.
     *
     * @throws RefusedException when the coordinator says no
     * @throws IOException when none answers as leader
     */
    Value post(String path, Value body) throws IOException;
}
