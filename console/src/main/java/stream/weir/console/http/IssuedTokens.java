package stream.weir.console.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.console.TokenCheck;
import stream.weir.console.json.JsonFields;

/**
 * Accepts JSON web tokens (RFC 7519) that an OpenID Connect provider has signed for an audience, with RS256 or ES256, and that hold now.
 * Who is given a token for the audience is the provider's business. Any thread.
 */
public final class IssuedTokens implements TokenCheck {
    private static final Logger LOG = LoggerFactory.getLogger(IssuedTokens.class);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

    /** Clocks differ. */
    private static final long LEEWAY_SECONDS = 30;

    private static final int LONGEST_TOKEN = 16_384;

    /** Those of JWA by their names in Java; what is not here, {@code none} before all, is refused. */
    private static final Map<String, String> ALGORITHMS =
            Map.of("RS256", "SHA256withRSA", "ES256", "SHA256withECDSAinP1363Format");

    private final String issuer;
    private final String audience;
    private final SigningKeys keys;
    private final InstantSource clock;

    private IssuedTokens(String issuer, String audience, SigningKeys keys, InstantSource clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * @param issuer as tokens name it, which is where its discovery document is
     * @param audience one that tokens have to be for
     */
    public static IssuedTokens of(String issuer, String audience, InstantSource clock) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();
        return new IssuedTokens(issuer, audience, new SigningKeys(issuer, http, clock), clock);
    }

    @Override
    public boolean accepts(String token) {
        try {
            Optional<String> problem = problemWith(token);
            problem.ifPresent(why -> LOG.info("a token for the console is refused: {}", why));
            return problem.isEmpty();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn("a token for the console cannot be checked: {}", e.toString());
            return false;
        }
    }

    /** Never with the token itself, nor with what is in it. */
    private Optional<String> problemWith(String token) throws IOException, GeneralSecurityException {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > LONGEST_TOKEN) {
            return Optional.of("it is no signed JSON web token");
        }
        Map<String, Object> header = JsonFields.read(decoded(parts[0]));
        String algorithm = ALGORITHMS.get(String.valueOf(header.get("alg")));
        if (algorithm == null) {
            return Optional.of("it is signed by none of " + ALGORITHMS.keySet());
        }
        Optional<PublicKey> key = keys.find(String.valueOf(header.get("kid")));
        if (key.isEmpty()) {
            return Optional.of("its key is none of the issuer's");
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(key.get());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        if (!signature.verify(decoded(parts[2]))) {
            return Optional.of("its signature is wrong");
        }
        return problemWith(JsonFields.read(decoded(parts[1])));
    }

    private Optional<String> problemWith(Map<String, Object> claims) {
        long now = clock.instant().getEpochSecond();
        if (!issuer.equals(claims.get("iss"))) {
            return Optional.of("it is of another issuer");
        }
        if (!audiences(claims.get("aud")).contains(audience)) {
            return Optional.of("it is not for the audience " + audience);
        }
        if (!(claims.get("exp") instanceof Long until) || now > until + LEEWAY_SECONDS) {
            return Optional.of("it has expired");
        }
        if (claims.get("nbf") instanceof Long from && now < from - LEEWAY_SECONDS) {
            return Optional.of("it does not hold yet");
        }
        return Optional.empty();
    }

    private static List<?> audiences(@Nullable Object claim) {
        return claim instanceof List<?> several ? several : List.of(String.valueOf(claim));
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
