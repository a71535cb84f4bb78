package stream.weir.connector.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Who the sink is to the database. Read again for each connection, so that a password may be replaced while the pipeline runs.
 *
 * @param user empty where the URL, the secret or the driver says it
 * @param environment name of a variable with the password
 * @param secret name of a secret with {@code password} and, where there is one, {@code username}
 */
record Credentials(Optional<String> user, Optional<String> environment, Optional<String> secret) {
    private static final String SECRETS = "WEIR_SECRETS_DIR";

    /**
     * The properties that a driver takes.
     *
     * @param variables of the process's environment
     */
    Properties read(Map<String, String> variables) throws IOException, JdbcProblemException {
        Properties properties = new Properties();
        if (environment.isPresent()) {
            String password = variables.get(environment.get());
            if (password == null) {
                throw new JdbcProblemException(
                        "the environment has no variable " + environment.get() + ", which passwordEnv names");
            }
            properties.put("password", password);
        }
        if (secret.isPresent()) {
            Path folder = folder(variables, secret.get());
            properties.put("password", content(folder.resolve("password")));
            if (Files.exists(folder.resolve("username"))) {
                properties.put("user", content(folder.resolve("username")));
            }
        }
        user.ifPresent(name -> properties.put("user", name));
        return properties;
    }

    private static Path folder(Map<String, String> variables, String secret) throws JdbcProblemException {
        String secrets = variables.get(SECRETS);
        if (secrets == null) {
            throw new JdbcProblemException("the password is in the secret " + secret
                    + ", which is looked for as the file " + secret + "/password below " + SECRETS
                    + ", and that variable is not set");
        }
        return Path.of(secrets, secret);
    }

    /** A line end behind it is left by many an editor, and hardly ever meant. */
    private static String content(Path file) throws IOException {
        return Files.readString(file).stripTrailing();
    }
}
