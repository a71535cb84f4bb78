package stream.weir.store.directory;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that takes a lock and does not go on, as one that was stopped. */
final class LockHolder {
    private LockHolder() {}

    /** @param arguments the lock file; says {@code held} when it is, and ends with its input */
    public static void main(String[] arguments) throws Exception {
        try (FileChannel channel =
                        FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            System.out.println(lock.isValid() ? "held" : "not held");
            System.in.read();
        }
    }
}
