package stream.weir.network;

import javax.net.ssl.SSLContext;

/** The certificates of this process and of those that it trusts. Thread-safe. */
@FunctionalInterface
public interface Tls {
    /** For the next connection; asked for each. Connections that stand keep what they began with. */
    SSLContext context();
}
