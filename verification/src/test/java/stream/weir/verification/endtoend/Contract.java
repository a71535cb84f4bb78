package stream.weir.verification.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The pipelines that must run as they stand, with independent answers; beside the checkout. */
public final class Contract {
    private Contract() {}

    /** The folder of contract pipelines; the test is skipped where it is absent. */
    public static Path folder() {
        return shared("contract");
    }

    /** The folder of full data sets; the test is skipped where it is absent. */
    static Path data() {
        return shared("data");
    }

    private static Path shared(String name) {
        Path folder = root().resolveSibling("shared").resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "skipped: " + folder + " is not there; it holds the contract's pipelines and data");
        return folder;
    }

    /** The checkout's folder. */
    static Path root() {
        return Path.of(System.getProperty("weir.root", ".")).toAbsolutePath().normalize();
    }
}
