package stream.weir.runtime.state.rocksdb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of changes, to be made again in a database that has everything before them. A change is its kind, then a batch with its length or
 * the column family and the prefix of a pane that was removed, with the prefix's length; numbers are big-endian. Who stores the file
 * guards it with a checksum.
 */
final class ChangeFile implements ChangeTarget, AutoCloseable {
    private static final String ENDING = ".changes";
    private static final int BATCH = 1;
    private static final int PANE_REMOVED = 2;
    private static final int BUFFER = 256 << 10;

    private final DataOutputStream out;
    private long bytes;

    private ChangeFile(DataOutputStream out) {
        this.out = out;
    }

    /** @param epoch files are replayed in the order of these, which is that of their names */
    static Path in(Path folder, long epoch) {
        return folder.resolve("%012d%s".formatted(epoch, ENDING));
    }

    static boolean isNameOfOne(String name) {
        return name.endsWith(ENDING);
    }

    /** The epoch of a file that {@link #in} has named. */
    static long epoch(String name) {
        return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
    }

    /** Those in a folder, in their order. */
    static List<Path> allIn(Path folder) throws IOException {
        return Folders.files(folder).stream()
                .filter(file -> isNameOfOne(file.getFileName().toString()))
                .toList();
    }

    static ChangeFile create(Path file) throws IOException {
        return new ChangeFile(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER)));
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void write(byte[] batch) throws IOException {
        out.writeByte(BATCH);
        append(batch);
        bytes += 1 + Integer.BYTES + batch.length;
    }

    @Override
    public void removePane(int family, byte[] prefix) throws IOException {
        out.writeByte(PANE_REMOVED);
        out.writeInt(family);
        append(prefix);
        bytes += 1 + 2 * Integer.BYTES + prefix.length;
    }

    private void append(byte[] content) throws IOException {
        out.writeInt(content.length);
        out.write(content);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Makes all changes of a file again. */
    static void replay(Path file, ChangeTarget target) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                switch (kind) {
                    case BATCH -> target.write(content(in));
                    case PANE_REMOVED -> target.removePane(in.readInt(), content(in));
                    default ->
                        throw new IOException(file + " holds a change of the unknown kind " + kind
                                + ": it was written by a newer version");
                }
            }
        }
    }

    private static byte[] content(DataInputStream in) throws IOException {
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        return content;
    }
}
