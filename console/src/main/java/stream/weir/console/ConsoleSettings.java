package stream.weir.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * @param host address to listen on
 * @param port 0 for any that is free
 * @param token who has it may give orders
 * @param issued who has a token that it accepts may give orders, too; without both nobody may
 */
public record ConsoleSettings(String host, int port, Optional<String> token, Optional<TokenCheck> issued) {
    private static final int SHORTEST_TOKEN = 16;

    public ConsoleSettings(String host, int port, Optional<String> token) {
        this(host, port, token, Optional.empty());
    }

    /**
     * @throws IllegalArgumentException when others than this machine could look without a token being set, or it is short
     * @throws UnknownHostException when the host is not known
     */
    public ConsoleSettings checked() throws UnknownHostException {
        if (token.isPresent() && token.get().length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException(
                    "the console's token has " + token.get().length() + " characters: at least " + SHORTEST_TOKEN
                            + " are needed, for instance 32 random hexadecimal digits");
        }
        if (token.isEmpty() && issued.isEmpty() && !isLoopback()) {
            throw new IllegalArgumentException(
                    "the console would listen on " + host
                            + ", where others than this machine can reach it, without a token: set one, or listen on 127.0.0.1");
        }
        return this;
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() throws UnknownHostException {
        return InetAddress.getByName(host).isLoopbackAddress();
    }
}
