package stream.weir.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;

class JdbcSinkConnectorTest {
    @Test
    void when_connectors_are_looked_for_then_it_is_found() {
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(JdbcSinkConnector.class);
    }

    @Test
    void when_options_are_right_then_there_is_no_problem() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void when_options_are_wrong_then_all_problems_are_told() {
        assertThat(problems(Map.of(
                        "url", "jdbc:mysql://db/x",
                        "table", "a.b.c",
                        "key", List.of("k", "k", "nothing"),
                        "passwordEnv", "A",
                        "passwordSecret", "b",
                        "batchSize", 0L,
                        "timeout", Duration.ofMillis(10))))
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each).contains("url must begin with jdbc:postgresql:"),
                        each -> assertThat(each).contains("must be TABLE or SCHEMA.TABLE, not \"a.b.c\""),
                        each -> assertThat(each).contains("passwordEnv or in passwordSecret"),
                        each -> assertThat(each).contains("batchSize is 0"),
                        each -> assertThat(each).contains("timeout must be from 1s"),
                        each -> assertThat(each).contains("the field k twice"),
                        each -> assertThat(each).contains("no field nothing, which key names; they have k, v"));
    }

    @Test
    void when_the_password_is_in_a_secret_then_it_is_read_again_each_time(@TempDir Path folder) throws Exception {
        // given
        Path secret = Files.createDirectories(folder.resolve("db"));
        Files.writeString(secret.resolve("username"), "weir");
        Files.writeString(secret.resolve("password"), "first\n");
        Credentials credentials = new Credentials(Optional.empty(), Optional.empty(), Optional.of("db"));
        Map<String, String> variables = Map.of("WEIR_SECRETS_DIR", folder.toString());

        // when, then
        assertThat(credentials.read(variables)).containsEntry("user", "weir").containsEntry("password", "first");
        Files.writeString(secret.resolve("password"), "second");
        assertThat(credentials.read(variables)).containsEntry("password", "second");
    }

    @Test
    void when_the_password_is_not_where_it_should_be_then_that_is_told() {
        assertThatThrownBy(() ->
                        new Credentials(Optional.of("u"), Optional.of("DB_PASSWORD"), Optional.empty()).read(Map.of()))
                .hasMessageContaining("no variable DB_PASSWORD");
        assertThatThrownBy(() -> new Credentials(Optional.of("u"), Optional.empty(), Optional.of("db")).read(Map.of()))
                .hasMessageContaining("WEIR_SECRETS_DIR, and that variable is not set");
    }

    private static List<String> problems(Map<String, Object> changed) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "url", "jdbc:postgresql://db/orders",
                "table", "totals",
                "commitTable", "weir_commits",
                "key", List.of("k"),
                "batchSize", 500L,
                "timeout", Duration.ofMinutes(2),
                "onCommittedBeyond", "fail"));
        values.putAll(changed);
        return new JdbcSinkConnector().problems(new Options(values), SinkRig.ROWS);
    }
}
