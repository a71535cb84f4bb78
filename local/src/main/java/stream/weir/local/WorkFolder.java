package stream.weir.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import stream.weir.runtime.state.FileTrees;

/**
 * The local folder of a job. Locked while the job runs, so that a second process with the same one is refused. What runs of an
 * earlier process have left in it is deleted, as working state comes from checkpoints; nothing else is touched.
 */
public final class WorkFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private WorkFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * @throws IOException when the folder cannot be used, or another process uses it
     */
    public static WorkFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("the pipeline is running already: another process holds " + folder.resolve(LOCK)
                    + ". Stop that one first, or give this one another folder for its work");
        }
        WorkFolder opened = new WorkFolder(folder, channel, lock);
        opened.empty();
        return opened;
    }

    public Path path() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        empty();
        lock.release();
        channel.close();
    }

    private void empty() throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(folder)) {
            left = entries.filter(entry -> entry.getFileName().toString().matches(LocalGateway.RUN_FOLDERS))
                    .toList();
        }
        for (Path each : left) {
            FileTrees.delete(each);
        }
    }
}
