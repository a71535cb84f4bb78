package stream.weir.store.directory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a folder, which is held for moments. It is the system's and so ends with the process that holds it. A process that is stopped
 * just then holds it on: after some seconds others put a new lock file in its place. Each holder's file has a text of its own, by
 * which one that was stopped sees that its lock is none any more; what is left is the time between that look and the call behind it.
 */
final class DirectoryLock {
    private static final String NAME = ".lock";
    private static final int PAUSE_MILLIS = 2;
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int ATTEMPTS = 10;

    /** A file lock belongs to the process, so threads need one of their own. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private DirectoryLock() {}

    /** What is done under the lock; done again when that was lost before {@link Held#check}. */
    interface Work<T> {
        T run(Held held) throws IOException;
    }

    /** The lock while one has it. */
    static final class Held {
        private final Path file;
        private final String token;

        private Held(Path file, String token) {
            this.file = file;
            this.token = token;
        }

        /** To be called right before anything is changed. */
        void check() throws IOException {
            if (!isHeld()) {
                throw new LostException(file);
            }
        }

        private boolean isHeld() throws IOException {
            try {
                return Files.readString(file).equals(token);
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    private static final class LostException extends IOException {
        private static final long serialVersionUID = 1;

        LostException(Path file) {
            super("another process has taken " + file + " each time");
        }
    }

    /**
     * @param beside a file of the folder
     * @param token no other holder has ever had it
     */
    static <T> T hold(Path beside, String token, Work<T> work) throws IOException {
        Path file = beside.resolveSibling(NAME);
        IN_PROCESS.lock();
        try {
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                try (FileChannel channel = open(file);
                        FileLock lock = awaited(channel, file)) {
                    Held held = new Held(file, token);
                    channel.truncate(0).write(ByteBuffer.wrap(token.getBytes(StandardCharsets.UTF_8)));
                    if (lock.isValid() && held.isHeld()) {
                        return work.run(held);
                    }
                } catch (LostException e) {
                    // Nothing was done: once more.
                }
            }
            throw new LostException(file);
        } finally {
            IN_PROCESS.unlock();
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static FileLock awaited(FileChannel channel, Path file) throws IOException {
        for (int waited = 0; waited < PATIENCE_MILLIS; waited += PAUSE_MILLIS) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            pause(file);
        }
        Files.deleteIfExists(file);
        throw new LostException(file);
    }

    private static void pause(Path file) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IOException interrupted = new InterruptedIOException("interrupted while waiting for " + file);
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
