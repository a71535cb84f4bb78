package stream.weir.store.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** File operations that are on disk when they return. */
final class DurableFiles {
    /** Directories can be opened, and so be fsynced, on POSIX systems only. */
    private static final boolean DIRECTORIES_CAN_BE_SYNCED =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private DurableFiles() {}

    /** Writes content to a new file; the entry in its directory is not synced yet. */
    interface Content {
        void writeTo(FileChannel target) throws IOException;
    }

    static Content of(byte[] bytes) {
        return target -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        };
    }

    /** Copies without bringing the file into memory. */
    static Content of(Path file) {
        return target -> {
            try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
                long size = source.size();
                long done = 0;
                while (done < size) {
                    long moved = source.transferTo(done, size - done, target);
                    if (moved == 0) {
                        throw new IOException(
                                file + " shrank from " + size + " to " + done + " bytes while it was copied");
                    }
                    done += moved;
                }
            }
        };
    }

    static void writeNew(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    static void syncDirectory(Path directory) throws IOException {
        if (!DIRECTORIES_CAN_BE_SYNCED) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates a directory and those above it, each entry durable. */
    static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        if (parent != null) {
            syncDirectory(parent);
        }
    }
}
