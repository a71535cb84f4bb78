package stream.weir.runtime.state;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What to add to an error when a disk is full, as an operating system says neither where nor how full. */
public final class FullDisk {
    private static final int MOST_CAUSES = 10;
    private static final String SAID = "The disk is full: ";

    private FullDisk() {}

    /**
     * @param folder on that disk, or to be made there; to be asked before anything is deleted from it, as that makes room
     * @return a sentence with a full stop and a space before it; empty where the error has another cause, or has it already
     */
    public static String sentenceFor(Throwable error, Path folder) {
        return isCauseOf(error) && !says(error, SAID) ? sentence(folder) : "";
    }

    /** Whether there was no room, be it said already or not. */
    public static boolean isCauseOf(Throwable error) {
        return says(error, "No space left");
    }

    private static boolean says(Throwable error, String what) {
        @Nullable Throwable each = error;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            if (String.valueOf(each.getMessage()).contains(what)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    /** The same, where it is known to be full. */
    public static String sentence(Path folder) {
        Path there = existing(folder);
        File file = there.toFile();
        return ". " + SAID + file.getUsableSpace() + " bytes of " + file.getTotalSpace() + " are free at " + there
                + ". Give it more room, or the stage more replicas on other nodes";
    }

    /** What is not there has no bytes: the nearest folder above it that is. */
    private static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        Path above = there.getParent();
        while (above != null && !Files.exists(there)) {
            there = above;
            above = there.getParent();
        }
        return there;
    }
}
