package stream.weir.testservers;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stands before an HTTP server and fails as told: each request is passed on, unless a fault waits for one like it. Each connection is
 * for one request, so that what becomes of one has no effect on another.
 */
public final class HttpFaultProxy implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final ServerSocket listener;
    private final URI target;
    private final List<Planned> planned = new ArrayList<>();
    private final List<HttpRequest> seen = new ArrayList<>();
    private volatile boolean closed;

    private HttpFaultProxy(ServerSocket listener, URI target) {
        this.listener = listener;
        this.target = target;
    }

    private static final class Planned {
        private final Predicate<HttpRequest> which;
        private final HttpFault fault;
        private int left;

        Planned(Predicate<HttpRequest> which, HttpFault fault, int left) {
            this.which = which;
            this.fault = fault;
            this.left = left;
        }
    }

    /** @param target of plain HTTP */
    public static HttpFaultProxy before(URI target) throws IOException {
        ServerSocket listener = new ServerSocket(Ports.reserve(), 50, InetAddress.getLoopbackAddress());
        HttpFaultProxy proxy = new HttpFaultProxy(listener, target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Does something to the next {@code times} requests of a kind; what was planned first comes first. */
    public void plan(Predicate<HttpRequest> which, HttpFault fault, int times) {
        synchronized (planned) {
            planned.add(new Planned(which, fault, times));
        }
    }

    /** Nothing fails any more. */
    public void heal() {
        synchronized (planned) {
            planned.clear();
        }
    }

    /** All requests that came so far. */
    public List<HttpRequest> requests() {
        synchronized (planned) {
            return List.copyOf(seen);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                if (closed) {
                    // A thread that waits for connections may get one yet that came as the listener was being closed.
                    client.close();
                } else {
                    Thread.ofVirtual().start(() -> serve(client));
                }
            } catch (IOException e) {
                // Closed; or a client that went away before it was accepted.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            HttpRequest request = HttpRequest.of(head(client.getInputStream()));
            Optional<HttpFault> fault = faultFor(request);
            switch (fault.orElse(null)) {
                case null -> pass(request, client, Long.MAX_VALUE);
                case HttpFault.Answer(int status, String code) -> answer(request, client, status, code);
                case HttpFault.LoseRequest lost -> {}
                case HttpFault.LoseAnswer lost -> pass(request, client, -1);
                case HttpFault.CutAnswer(long bytes) -> pass(request, client, bytes);
                case HttpFault.HoldRequest(var reached) -> {
                    reached.countDown();
                    Thread.sleep(FOR_EVER);
                }
                case HttpFault.HoldAnswer(var reached) -> {
                    pass(request, client, -1);
                    reached.countDown();
                    Thread.sleep(FOR_EVER);
                }
                case HttpFault.Delay(var duration) -> {
                    Thread.sleep(duration);
                    pass(request, client, Long.MAX_VALUE);
                }
            }
        } catch (IOException e) {
            // One of both sides has gone: the connection is closed, which tells the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<HttpFault> faultFor(HttpRequest request) {
        synchronized (planned) {
            seen.add(request);
            for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
                Planned next = all.next();
                if (next.which.test(request)) {
                    if (--next.left == 0) {
                        all.remove();
                    }
                    return Optional.of(next.fault);
                }
            }
            return Optional.empty();
        }
    }

    private static void answer(HttpRequest request, Socket client, int status, String code) throws IOException {
        long body = length(request);
        client.getInputStream().skipNBytes(body);
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                + "</Code><Message>said by the proxy</Message><RequestId>proxy-1</RequestId></Error>";
        client.getOutputStream()
                .write(("HTTP/1.1 " + status
                                + " Fault\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                                + xml.length() + "\r\n\r\n" + xml)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** @param bodyBytes of the answer that go back; -1 for nothing at all */
    private void pass(HttpRequest request, Socket client, long bodyBytes) throws IOException {
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
            HttpRequest changed =
                    request.without("Connection").without("Expect").with("Connection: close");
            // Head and body go together: a server that refuses at the head would break the connection within the body.
            OutputStream forth = new BufferedOutputStream(server.getOutputStream(), 1 << 16);
            forth.write(changed.head().getBytes(StandardCharsets.ISO_8859_1));
            if (request.header("Expect").isPresent()) {
                client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            copy(client.getInputStream(), forth, length(request));
            String head = head(server.getInputStream());
            OutputStream back = bodyBytes < 0 ? OutputStream.nullOutputStream() : client.getOutputStream();
            back.write(head.getBytes(StandardCharsets.ISO_8859_1));
            copy(server.getInputStream(), back, bodyBytes < 0 ? Long.MAX_VALUE : bodyBytes);
        }
    }

    private static long length(HttpRequest request) {
        return request.header("Content-Length").map(Long::parseLong).orElse(0L);
    }

    private static void copy(InputStream from, OutputStream to, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 15];
        long left = bytes;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            to.write(buffer, 0, read);
            left -= read;
        }
        to.flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("within the head of a message");
            }
            head.write(next);
            last = last << 8 | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
