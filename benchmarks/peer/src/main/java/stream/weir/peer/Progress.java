package stream.weir.peer;

import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** W7, W8: output log of one subtask, "epochMillis recordsSinceStart" about every 20 ms. On when -Dbench.progress=DIR is set. */
final class Progress {
    private final FileWriter w;
    private long count, next;

    private Progress(FileWriter w) {
        this.w = w;
    }

    static Progress open(int subtask, int attempt) throws IOException {
        String d = System.getProperty("bench.progress");
        return d == null
                ? null
                : new Progress(new FileWriter(
                        d + "/out-" + subtask + "-" + attempt + "-"
                                + ProcessHandle.current().pid() + ".log",
                        true));
    }

    void tick() {
        if ((++count & 63) != 0) return;
        long now = System.currentTimeMillis();
        if (now < next) return;
        next = now + 20;
        try {
            w.write(now + " " + count + "\n");
            w.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
