package stream.weir.protocol.control;

/**
 * Where a process listens.
 *
 * @param host name or literal address, as other processes reach it
 * @param port 1 to 65535
 */
public record Address(String host, int port) {
    /**
     * @throws IllegalArgumentException when the host is empty or the port out of range
     */
    public Address {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("address " + host + ":" + port + ": a host, and a port from 1 to 65535");
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
