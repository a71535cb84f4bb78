package stream.weir.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "password: hunter2                          | password: ***",
                "  password: \"hunter 2\" # old             | password: *** # old",
                "{user: me, password: hunter2, x: 1}        | {user: me, password: ***, x: 1}",
                "jdbc:postgresql://db/shop?user=a&password=b&ssl=true | jdbc:postgresql://db/shop?user=a&password=***&ssl=true",
                "url: https://me:hunter2@host/path          | url: https://me:***@host/path",
                "url: http://host/hook?room=7&api_key=hunter2&x=1 | url: http://host/hook?room=7&api_key=***&x=1",
                "url: 'http://host/hook?key=hunter2'        | url: 'http://host/hook?key=***'",
                "headers: {Authorization: hunter2}          | headers: {Authorization: ***}",
                "passwordEnv: DB_PASSWORD                   | passwordEnv: DB_PASSWORD",
                "passwordSecret: shop-db                    | passwordSecret: shop-db",
                "credentialsSecret: trial-store             | credentialsSecret: trial-store",
                "at: http://minio.weir-system:9000          | at: http://minio.weir-system:9000"
            })
    void when_a_file_has_a_secret_then_it_is_hidden_and_names_of_places_are_not(String text, String shown) {
        assertThat(Secrets.hiddenIn(text)).isEqualTo(shown);
    }
}
