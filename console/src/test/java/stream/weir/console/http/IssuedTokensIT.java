package stream.weir.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tokens of an issuer are accepted. */
class IssuedTokensIT {
    private static final long NOW = 1_767_225_600;

    private static KeyPair rsa;

    private Provider provider;
    private long now = NOW;
    private IssuedTokens tokens;

    @BeforeAll
    static void makeAKey() throws Exception {
        rsa = Provider.rsa();
    }

    @BeforeEach
    void start() throws Exception {
        provider = Provider.start();
        provider.publish("first", rsa);
        tokens = IssuedTokens.of(provider.issuer(), "weir", () -> Instant.ofEpochSecond(now));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void when_a_token_is_signed_for_us_then_it_is_accepted_and_keys_are_asked_for_once() throws Exception {
        // given
        KeyPair ec = Provider.ec();
        provider.publish("second", ec);
        // then
        assertThat(tokens.accepts(token("RS256", "first", rsa, claims("\"weir\"", NOW + 60))))
                .isTrue();
        assertThat(tokens.accepts(token("ES256", "second", ec, claims("[\"other\",\"weir\"]", NOW + 60))))
                .isTrue();
        assertThat(provider.asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"other\" |  60 | of another audience",
                "[]        |  60 | of no audience",
                "\"weir\"  | -60 | expired",
            })
    void when_claims_do_not_hold_then_the_token_is_refused(String audience, long seconds, String why) throws Exception {
        assertThat(tokens.accepts(token("RS256", "first", rsa, claims(audience, NOW + seconds))))
                .as(why)
                .isFalse();
    }

    @Test
    void when_a_token_is_of_another_issuer_or_not_yet_or_for_ever_then_it_is_refused() throws Exception {
        String ours = claims("\"weir\"", NOW + 60);

        assertThat(tokens.accepts(token("RS256", "first", rsa, ours.replace(provider.issuer(), "http://127.0.0.1:1"))))
                .isFalse();
        assertThat(tokens.accepts(token("RS256", "first", rsa, ours.replace("}", ",\"nbf\":" + (NOW + 50) + "}"))))
                .isFalse();
        assertThat(tokens.accepts(token("RS256", "first", rsa, ours.replaceFirst(",\"exp\":\\d+", ""))))
                .isFalse();
    }

    @Test
    void when_a_token_is_not_signed_by_the_issuer_then_it_is_refused() throws Exception {
        // given
        String claims = claims("\"weir\"", NOW + 60);
        String signed = token("RS256", "first", rsa, claims);
        String[] parts = signed.split("\\.");
        // then
        assertThat(tokens.accepts(token("RS256", "first", Provider.rsa(), claims)))
                .as("another key")
                .isFalse();
        assertThat(tokens.accepts(token("ES256", "first", Provider.ec(), claims)))
                .as("another kind of key")
                .isFalse();
        assertThat(tokens.accepts(parts[0] + "." + Provider.encoded(claims.replace("ann", "eve")) + "." + parts[2]))
                .as("other claims")
                .isFalse();
        assertThat(tokens.accepts(Provider.encoded("{\"alg\":\"none\",\"kid\":\"first\"}") + "." + parts[1] + "."))
                .as("not signed")
                .isFalse();
        assertThat(tokens.accepts(
                        Provider.encoded("{\"alg\":\"HS256\",\"kid\":\"first\"}") + "." + parts[1] + "." + parts[2]))
                .as("a secret that is public")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "a.b.c", "..", "e30.e30.e30", "%.%.%"})
    void when_it_is_no_token_then_it_is_refused(String text) {
        assertThat(tokens.accepts(text)).isFalse();
    }

    @Test
    void when_keys_have_changed_then_they_are_asked_for_again_but_not_for_every_stranger() throws Exception {
        // given
        assertThat(tokens.accepts(token("RS256", "first", rsa, claims("\"weir\"", NOW + 600))))
                .isTrue();
        KeyPair next = Provider.rsa();
        provider.publish("next", next);
        String later = token("RS256", "next", next, claims("\"weir\"", NOW + 600));
        // when
        assertThat(tokens.accepts(later)).as("keys were asked for just now").isFalse();
        now += 31;
        // then
        assertThat(tokens.accepts(later)).isTrue();
        assertThat(provider.asked()).isEqualTo(2);
    }

    @Test
    void when_the_issuer_does_not_answer_then_tokens_are_refused() throws Exception {
        // given
        String good = token("RS256", "first", rsa, claims("\"weir\"", NOW + 60));
        provider.close();
        // then
        assertThat(tokens.accepts(good)).isFalse();
    }

    private String claims(String audience, long until) {
        return "{\"iss\":\"" + provider.issuer() + "\",\"sub\":\"ann\",\"aud\":" + audience + ",\"exp\":" + until
                + ",\"ratio\":0.5,\"groups\":[\"a\"],\"nothing\":null}";
    }

    private static String token(String algorithm, String id, KeyPair pair, String claims) throws Exception {
        return Provider.token(algorithm, id, pair.getPrivate(), claims);
    }
}
