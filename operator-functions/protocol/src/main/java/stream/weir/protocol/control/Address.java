package stream.weir.protocol.control;

/**
 * Where a process listens.
 *
 * @param host name or IP address, without brackets
 * @param port from 0 to 65535; 0 stands for any that is free, and only where a process begins to listen
 */
public record Address(String host, int port) {
    private static final int LARGEST_PORT = 0xFFFF;

    public Address {
        if (host.isBlank() || port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("address is host \"" + host + "\", port " + port
                    + ": a host is not empty, and a port is from 0 to " + LARGEST_PORT);
        }
    }

    /**
     * Reads {@code host:port}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException when the text is something else
     */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("address is \"" + text + "\": expected host:port");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return new Address(
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("address is \"" + text + "\": what follows the colon is no port", e);
        }
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
