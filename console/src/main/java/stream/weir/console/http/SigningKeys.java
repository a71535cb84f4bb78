package stream.weir.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.console.json.JsonFields;

/**
 * The keys by which an issuer signs, as it publishes them: {@code /.well-known/openid-configuration} names the document. Fetched when
 * a key is asked for that is not known, at most once in half a minute. Any thread.
 */
final class SigningKeys {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Duration NOT_AGAIN_BEFORE = Duration.ofSeconds(30);
    private static final int LARGEST_DOCUMENT = 1 << 20;
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final String issuer;
    private final HttpClient http;
    private final InstantSource clock;
    private Map<String, PublicKey> known = Map.of();
    private Instant fetched = Instant.MIN;

    SigningKeys(String issuer, HttpClient http, InstantSource clock) {
        this.issuer = issuer;
        this.http = http;
        this.clock = clock;
    }

    /**
     * @param id by which a token names its key
     * @throws IOException when the issuer does not answer as it should
     */
    synchronized Optional<PublicKey> find(String id) throws IOException {
        Instant now = clock.instant();
        if (!known.containsKey(id) && (fetched.equals(Instant.MIN) || !now.isBefore(fetched.plus(NOT_AGAIN_BEFORE)))) {
            fetched = now;
            known = fetch();
        }
        return Optional.ofNullable(known.get(id));
    }

    private Map<String, PublicKey> fetch() throws IOException {
        Map<String, Object> discovered = document(URI.create(issuer.replaceAll("/+$", "") + DISCOVERY));
        if (!issuer.equals(discovered.get("issuer"))) {
            throw new IOException("the issuer " + issuer + " calls itself " + discovered.get("issuer"));
        }
        Map<String, Object> keys = document(URI.create(String.valueOf(discovered.get("jwks_uri"))));
        Map<String, PublicKey> found = new HashMap<>();
        for (Object each : keys.get("keys") instanceof List<?> all ? all : List.of()) {
            if (each instanceof Map<?, ?> key && key.get("kid") instanceof String id) {
                key(key).ifPresent(made -> found.put(id, made));
            }
        }
        return Map.copyOf(found);
    }

    private Map<String, Object> document(URI place) throws IOException {
        requireSafe(place);
        HttpRequest request =
                HttpRequest.newBuilder(place).timeout(ANSWER_WITHIN).build();
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] content = body.readNBytes(LARGEST_DOCUMENT + 1);
                if (answer.statusCode() != 200 || content.length > LARGEST_DOCUMENT) {
                    throw new IOException(place + " has answered " + answer.statusCode() + " with " + content.length
                            + " bytes or more, where a document of at most " + LARGEST_DOCUMENT + " was expected");
                }
                return JsonFields.read(content);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + place, e);
        }
    }

    /** Whoever can change what is fetched could sign tokens. */
    private static void requireSafe(URI place) throws IOException {
        boolean here = place.getHost() != null
                && "http".equals(place.getScheme())
                && InetAddress.getByName(place.getHost()).isLoopbackAddress();
        if (!"https".equals(place.getScheme()) && !here) {
            throw new IOException("keys are fetched by https, not from " + place);
        }
    }

    /** Empty for a key of a kind that is not used here. */
    private static Optional<PublicKey> key(Map<?, ?> fields) throws IOException {
        try {
            if ("RSA".equals(fields.get("kty"))) {
                return Optional.of(KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(number(fields, "n"), number(fields, "e"))));
            }
            if ("EC".equals(fields.get("kty")) && "P-256".equals(fields.get("crv"))) {
                AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec("secp256r1"));
                return Optional.of(KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(
                                new ECPoint(number(fields, "x"), number(fields, "y")),
                                curve.getParameterSpec(ECParameterSpec.class))));
            }
            return Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the issuer's key " + fields.get("kid") + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static BigInteger number(Map<?, ?> fields, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(fields.get(name))));
    }
}
