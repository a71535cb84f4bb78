package stream.weir.connector.format.input;

import java.io.IOException;
import java.util.List;

/** A place with files to read. */
public interface FileStore extends AutoCloseable {
    /** The files that are there now, by name. Those that come or go meanwhile may be in it or not. Any thread. */
    List<FoundFile> list() throws IOException;

    /** @throws UnreadableFileException when it is not there or cannot be read */
    RawFile open(String name) throws IOException;

    /** What people call a file. */
    String shown(String name);

    /** What people call the place. */
    String location();

    @Override
    default void close() {}
}
