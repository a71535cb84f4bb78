package stream.weir.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.network.Acceptors;
import stream.weir.network.Network;
import stream.weir.network.NetworkSettings;
import stream.weir.network.TestNetwork;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameListener;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.channel.InboundChannel;
import stream.weir.runtime.channel.OutboundChannel;
import stream.weir.runtime.channel.connector.ReceivingEnd;
import stream.weir.runtime.channel.connector.SendingEnd;

/**
 * Measures a link between two processes on loopback beside a plain socket: {@code LinkThroughput raw|weir <record bytes> <GB>}.
 * Records are copied into batches of 32 KiB by one thread, as replicas do; the reading process takes them with a thread of its
 * own. Prints bytes per second, and seconds of CPU of both processes for each GB.
 */
public final class LinkThroughput {
    private static final int BATCH = 32 << 10;
    private static final int CREDIT = 1 << 20;
    private static final Link LINK = new Link("a", 0, "", "b", 0);

    private LinkThroughput() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("read")) {
            read(args[1], Long.parseLong(args[2]));
            return;
        }
        String kind = args[0];
        int record = Integer.parseInt(args[1]);
        long total = (long) (Double.parseDouble(args[2]) * 1e9);
        Process reader = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LinkThroughput.class.getName(),
                        "read",
                        kind,
                        String.valueOf(total))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(reader.getInputStream(), StandardCharsets.UTF_8));
        int port = Integer.parseInt(out.readLine());
        long cpuBefore = cpu();
        long start = System.nanoTime();
        if (kind.equals("raw")) {
            writeRaw(port, record, total);
        } else {
            writeLink(port, record, total);
        }
        long readersCpu = Long.parseLong(out.readLine());
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s, records of %d bytes: %.0f MB/s; CPU-s per GB: writer %.2f, reader %.2f%n",
                kind, record, total / 1e6 / seconds, (cpu() - cpuBefore) / (double) total, readersCpu / (double) total);
        System.exit(0);
    }

    private static long cpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static byte[] batch(byte[] record) {
        byte[] batch = new byte[BATCH];
        for (int at = 0; at + record.length <= BATCH; at += record.length) {
            System.arraycopy(record, 0, batch, at, record.length);
        }
        return batch;
    }

    private static void writeRaw(int port, int record, long total) throws IOException {
        byte[] one = new byte[record];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (long sent = 0; sent < total; sent += BATCH) {
                socket.getOutputStream().write(batch(one));
            }
            socket.shutdownOutput();
            socket.getInputStream().read();
        }
    }

    private static void writeLink(int port, int record, long total) throws InterruptedException {
        Network network = network();
        TcpTransport transport = TcpTransport.of(network, "p", "writer", TcpTransportSettings.defaults());
        transport.route(Map.of(new ReplicaId("b", 0), new Address("127.0.0.1", port)));
        OutboundChannel channel = OutboundChannel.forRuns("p", CREDIT, System::nanoTime);
        channel.subscribe(transport.subscriber(new SendingEnd("a", 0, "", "b")));
        FrameSink sink = channel.beginRun(1, List.of(LINK)).sink(LINK);
        Semaphore writable = new Semaphore(0);
        sink.onWritable(writable::release);
        byte[] one = new byte[record];
        long sequence = 0;
        for (long sent = 0; sent < total; sent += BATCH) {
            Frame frame = new Frame("p", 1, LINK, sequence++, new Frame.Records(batch(one), 0, BATCH, BATCH / record));
            while (!sink.offer(frame)) {
                writable.acquire();
                writable.drainPermits();
            }
        }
        sink.close();
    }

    private static void read(String kind, long total) throws Exception {
        if (kind.equals("raw")) {
            readRaw();
        } else {
            readLink();
        }
        System.out.println(cpu());
        System.out.flush();
        System.exit(total > 0 ? 0 : 1);
    }

    private static void readRaw() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            try (Socket socket = server.accept()) {
                byte[] piece = new byte[BATCH];
                int count = 0;
                while (count >= 0) {
                    count = socket.getInputStream().read(piece);
                }
            }
        }
    }

    private static void readLink() throws Exception {
        Network network = network();
        TcpTransport transport = TcpTransport.of(network, "p", "reader", TcpTransportSettings.defaults());
        Address address = network.listen(new Address("127.0.0.1", 0), Acceptors.forData(transport.acceptor()))
                .toCompletableFuture()
                .get()
                .address();
        BlockingQueue<Optional<Message<Frame>>> mailbox = new LinkedBlockingQueue<>();
        InboundChannel.forRuns(transport.publisher(new ReceivingEnd("b", 0, "a", "")), "p", CREDIT, transport)
                .beginRun(1, List.of(LINK))
                .subscribe(new FrameListener() {
                    @Override
                    public void onFrame(Link link, Message<Frame> message) {
                        mailbox.add(Optional.of(message));
                    }

                    @Override
                    public void onClosed(Link link, Optional<Throwable> error) {
                        error.ifPresent(Throwable::printStackTrace);
                        mailbox.add(Optional.empty());
                    }
                });
        CountDownLatch done = new CountDownLatch(1);
        Thread replica = new Thread(() -> {
            try {
                for (Optional<Message<Frame>> next = mailbox.take(); next.isPresent(); next = mailbox.take()) {
                    next.get().ack();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            done.countDown();
        });
        replica.start();
        System.out.println(address.port());
        done.await();
    }

    private static Network network() {
        return new TestNetwork().open(NetworkSettings.defaults());
    }
}
