package stream.weir.network;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates from files, read again when these change: new connections use the new ones. Files that cannot be read or do not
 * belong together, as while they are being replaced, change nothing; the next look may find them whole.
 */
public final class ReloadingTls implements Tls {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final TlsFiles files;
    private volatile Loaded loaded;
    private volatile String lastTrouble = "";

    private ReloadingTls(Vertx vertx, TlsFiles files, Loaded loaded) {
        this.vertx = vertx;
        this.files = files;
        this.loaded = loaded;
    }

    /**
     * Reads the files; blocks.
     *
     * @throws IllegalArgumentException when they cannot be used, with their names and why
     */
    public static ReloadingTls of(Vertx vertx, TlsFiles files) {
        return new ReloadingTls(vertx, files, load(vertx, files));
    }

    /**
     * As {@link #of}, and looks at the files every 5 s as long as Vert.x runs.
     *
     * @throws IllegalArgumentException when they cannot be used, with their names and why
     */
    public static ReloadingTls watching(Vertx vertx, TlsFiles files) {
        ReloadingTls tls = of(vertx, files);
        tls.watch(LOOK_EVERY);
        return tls;
    }

    /** Looks at the files every so often, on a worker thread of Vert.x. */
    public AutoCloseable watch(Duration interval) {
        long timer = vertx.setPeriodic(interval.toMillis(), _ -> vertx.executeBlocking(this::reloadIfChanged));
        return () -> vertx.cancelTimer(timer);
    }

    /**
     * Reads the files again when their content is another; blocks.
     *
     * @return whether new certificates are in use
     */
    public synchronized boolean reloadIfChanged() {
        try {
            if (Contents.read(files).isSameAs(loaded.contents)) {
                return false;
            }
            loaded = load(vertx, files);
            lastTrouble = "";
            LOG.info("certificates have changed and were read again: {}", files);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            String trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(lastTrouble)) {
                lastTrouble = trouble;
                LOG.warn("certificates have changed, but cannot be used; those from before stay in use: {}", trouble);
            }
            return false;
        }
    }

    @Override
    public SSLContext context() {
        return loaded.context;
    }

    private static Loaded load(Vertx vertx, TlsFiles files) {
        try {
            Contents contents = Contents.read(files);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(contents.certificate))
                            .addKeyValue(Buffer.buffer(contents.key))
                            .getKeyManagerFactory(vertx)
                            .getKeyManagers(),
                    new PemTrustOptions()
                            .addCertValue(Buffer.buffer(contents.authority))
                            .getTrustManagerFactory(vertx)
                            .getTrustManagers(),
                    null);
            return new Loaded(contents, context);
        } catch (Exception e) {
            // Whatever parsers and providers throw: the files are what the user can change.
            throw new IllegalArgumentException("certificates cannot be read from " + files + ": " + Texts.of(e), e);
        }
    }

    private record Loaded(Contents contents, SSLContext context) {}

    private static final class Contents {
        private final byte[] certificate;
        private final byte[] key;
        private final byte[] authority;

        private Contents(byte[] certificate, byte[] key, byte[] authority) {
            this.certificate = certificate;
            this.key = key;
            this.authority = authority;
        }

        static Contents read(TlsFiles files) throws IOException {
            return new Contents(
                    Files.readAllBytes(files.certificate()),
                    Files.readAllBytes(files.key()),
                    Files.readAllBytes(files.authority()));
        }

        boolean isSameAs(Contents other) {
            return Arrays.equals(certificate, other.certificate)
                    && Arrays.equals(key, other.key)
                    && Arrays.equals(authority, other.authority);
        }
    }
}
