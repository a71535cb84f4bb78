package stream.weir.network;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import javax.net.ssl.SSLEngine;

/** Puts TLS before everything else in a channel. Both sides show a certificate. */
final class TlsHandlers {
    private static final String NAME = "weir-tls";
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Tls tls;

    TlsHandlers(Tls tls) {
        this.tls = tls;
    }

    void secureServer(Channel channel) {
        SSLEngine engine = engine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        add(channel, engine);
    }

    void secureClient(Channel channel) {
        SSLEngine engine = engine();
        engine.setUseClientMode(true);
        add(channel, engine);
    }

    private SSLEngine engine() {
        SSLEngine engine = tls.context().createSSLEngine();
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    private static void add(Channel channel, SSLEngine engine) {
        SslHandler handler = new SslHandler(engine);
        handler.setCloseNotifyFlushTimeoutMillis(LAST_WORDS.toMillis());
        // The phase has its own time limit, which includes this.
        handler.setHandshakeTimeoutMillis(0);
        channel.pipeline().addFirst(NAME, handler);
    }
}
