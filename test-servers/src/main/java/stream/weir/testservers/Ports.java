package stream.weir.testservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Ports that stay ours while a server is down. They lie below those that systems give to outgoing connections, and each is
 * reserved by a lock on a file, which the system releases when this process ends.
 */
public final class Ports {
    private static final int FIRST = 21_000;
    private static final int LAST = 29_999;
    private static final Map<Integer, FileLock> RESERVED = new HashMap<>();

    private Ports() {}

    /** A port of the loopback address that nobody listens on, reserved until this process ends. */
    public static synchronized int reserve() throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "weir-test-ports"));
        // Processes begin at different places, so that they hardly ever meet.
        int count = LAST - FIRST + 1;
        int start = (int) (ProcessHandle.current().pid() * 97 % count);
        for (int i = 0; i < count; i++) {
            int port = FIRST + (start + i) % count;
            // Opening a file that this process has locked, and closing it, would release the lock.
            if (!RESERVED.containsKey(port) && isFree(port) && lock(port, folder)) {
                return port;
            }
        }
        throw new IOException("No port between " + FIRST + " and " + LAST + " is free; locks are in " + folder);
    }

    private static boolean lock(int port, Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(String.valueOf(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return false;
        }
        RESERVED.put(port, lock);
        return true;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
