package stream.weir.console.http;

import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stream.weir.console.ConsoleSettings;
import stream.weir.console.TokenCheck;
import stream.weir.console.json.SketchJson;

/** Who may do what. */
final class Access {
    private static final String BEARER = "Bearer ";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Optional<byte[]> token;
    private final Optional<TokenCheck> issued;
    private final boolean loopback;

    private Access(Optional<byte[]> token, Optional<TokenCheck> issued, boolean loopback) {
        this.token = token;
        this.issued = issued;
        this.loopback = loopback;
    }

    static Access of(ConsoleSettings settings) throws UnknownHostException {
        return new Access(
                settings.token().map(text -> text.getBytes(StandardCharsets.UTF_8)),
                settings.issued(),
                settings.isLoopback());
    }

    SketchJson.Access mode() {
        return token.isPresent() || issued.isPresent() ? SketchJson.Access.TOKEN : SketchJson.Access.READ_ONLY;
    }

    /**
     * Whether the request was meant for this machine: a site whose name is made to lead here has another {@code Host}, and must not
     * be able to read.
     */
    boolean isMeantForUs(@Nullable String host) {
        return !loopback || host != null && THIS_MACHINE.contains(host.replaceFirst(":\\d+$", ""));
    }

    /** Whether the header has the token, or one that is accepted; takes as long whichever part of the token is wrong. */
    boolean mayOrder(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return false;
        }
        String given = authorization.substring(BEARER.length()).trim();
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        return token.filter(known -> MessageDigest.isEqual(bytes, known)).isPresent()
                || issued.filter(check -> check.accepts(given)).isPresent();
    }
}
