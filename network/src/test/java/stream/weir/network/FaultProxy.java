package stream.weir.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import stream.weir.protocol.control.Address;

/** Stands between two processes and does what networks do. Bytes pass through threads of its own. */
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket server;
    private final Address target;
    private final List<Passage> passages = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int pieceBytes = 1 << 16;
    private volatile boolean refusing;

    private FaultProxy(ServerSocket server, Address target) {
        this.server = server;
        this.target = target;
    }

    public static FaultProxy before(Address target) throws IOException {
        FaultProxy proxy = new FaultProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    public Address address() {
        return new Address("127.0.0.1", server.getLocalPort());
    }

    /** Connections that have gone through so far. */
    public int connections() {
        return connections.get();
    }

    /** Closes all connections, with both sides told by TCP. */
    public void cut() {
        passages.removeIf(passage -> {
            passage.close();
            return true;
        });
    }

    /** Lets nothing through any more on the connections that there are, and tells nobody: a cable was pulled. */
    public void stall() {
        passages.forEach(passage -> passage.stalled = true);
    }

    /** What was held back goes through. */
    public void release() {
        passages.forEach(Passage::release);
    }

    /** From now on bytes go through in pieces of this size. */
    public void split(int bytes) {
        pieceBytes = bytes;
    }

    /** Changes one bit of what comes next from the side that has dialled. */
    public void flipOneBit() {
        passages.forEach(passage -> passage.flip = true);
    }

    /** Accepts nothing from now on. */
    public void refuse() {
        refusing = true;
        cut();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                pass(server.accept());
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(Socket from) throws IOException {
        if (refusing) {
            from.close();
            return;
        }
        try {
            Passage passage = new Passage(from, new Socket(target.host(), target.port()));
            passages.add(passage);
            // Whoever has seen it in the count can stall it, too.
            connections.incrementAndGet();
            passage.start();
        } catch (IOException e) {
            // Cut meanwhile, or nobody is there: others may come after it.
            from.close();
        }
    }

    private final class Passage {
        private final Socket from;
        private final Socket to;
        private volatile boolean stalled;
        private volatile boolean flip;

        Passage(Socket from, Socket to) {
            this.from = from;
            this.to = to;
        }

        void start() throws IOException {
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pass(from, to));
            Thread.ofVirtual().start(() -> pass(to, from));
        }

        synchronized void release() {
            stalled = false;
            notifyAll();
        }

        void close() {
            try (from;
                    to) {
                release();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private void pass(Socket source, Socket sink) {
            try (source;
                    sink) {
                InputStream in = source.getInputStream();
                OutputStream out = sink.getOutputStream();
                byte[] piece = new byte[1 << 16];
                for (int count = in.read(piece, 0, pieceBytes); count > 0; count = in.read(piece, 0, pieceBytes)) {
                    awaitRelease();
                    if (flip && source == from) {
                        flip = false;
                        piece[count / 2] ^= 4;
                    }
                    out.write(piece, 0, count);
                }
            } catch (IOException e) {
                // One side has closed: try-with-resources closes the other.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void awaitRelease() throws InterruptedException {
            while (stalled) {
                wait();
            }
        }
    }
}
