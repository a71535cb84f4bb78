package stream.weir.runtime.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Room on a disk for what is done ahead of a run: half of what is free is left alone, as the replica that works has the disk first. */
public final class SpareRoom {
    private SpareRoom() {}

    /**
     * Why there is no room for so many bytes; empty where there is.
     *
     * @param what is to be done with them, for people: "fetched ahead"
     * @param folder on that disk; made when it is not there
     */
    public static Optional<String> lackFor(long bytes, String what, Path folder) throws IOException {
        long free = Files.createDirectories(folder).toFile().getUsableSpace();
        return bytes <= free / 2
                ? Optional.empty()
                : Optional.of(bytes + " bytes of state are not " + what + ": " + free + " are free at " + folder
                        + ", of which half is left alone");
    }
}
