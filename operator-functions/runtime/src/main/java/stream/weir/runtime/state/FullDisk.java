package stream.weir.runtime.state;

import java.io.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What to add to an error when a disk is full, as an operating system says neither where nor how full. */
public final class FullDisk {
    private static final int MOST_CAUSES = 10;
    private static final String SAID = "The disk is full: ";

    private FullDisk() {}

    /**
     * @param folder on that disk
     * @return a sentence with a full stop and a space before it; empty where the error has another cause, or has it already
     */
    public static String sentenceFor(Throwable error, Path folder) {
        boolean full = false;
        @Nullable Throwable each = error;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            String message = String.valueOf(each.getMessage());
            if (message.contains(SAID)) {
                return "";
            }
            full |= message.contains("No space left");
            each = each.getCause();
        }
        return full ? sentence(folder) : "";
    }

    /** The same, where it is known to be full. */
    public static String sentence(Path folder) {
        File file = folder.toFile();
        return ". " + SAID + file.getUsableSpace() + " bytes of " + file.getTotalSpace() + " are free at " + folder
                + ". Give it more room, or the stage more replicas on other nodes";
    }
}
