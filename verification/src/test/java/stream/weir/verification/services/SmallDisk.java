package stream.weir.verification.services;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A disk of its own below a folder, in memory: it can be full, and read-only, without harm to others. */
final class SmallDisk implements AutoCloseable {
    private static final int MEBIBYTES = 64;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Why there can be none here; empty where there can. */
    static Optional<String> whyNotAvailable(Path anywhere) {
        try (SmallDisk _ = mount(Files.createTempDirectory(anywhere, "disk"))) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no file system can be mounted, which takes root on Linux: " + e.getMessage());
        }
    }

    static SmallDisk mount(Path folder) throws IOException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "weir-test", folder.toString());
        return new SmallDisk(folder);
    }

    /** Takes all the room that there is now. */
    void fill() {
        try (OutputStream filler =
                Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] page = new byte[4_096];
            while (true) {
                filler.write(page);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left on device")) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** There is room again. */
    void empty() throws IOException {
        Files.delete(filler());
    }

    /** Nothing can be written any more; refused while a file is open for that. */
    void readOnly() throws IOException {
        run("mount", "-o", "remount,ro", folder.toString());
    }

    void writable() throws IOException {
        run("mount", "-o", "remount,rw", folder.toString());
    }

    /** Also while files of it are open. */
    @Override
    public void close() throws IOException {
        run("umount", "-l", folder.toString());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        // All that it says was read, so it has ended or is about to.
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code + ": " + said);
        }
    }
}
