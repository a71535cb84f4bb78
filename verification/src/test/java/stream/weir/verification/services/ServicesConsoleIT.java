package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console of a coordinator whose replicas are processes of their own. */
@Timeout(600)
class ServicesConsoleIT {
    private static final String TOKEN = "0123456789abcdef";
    private static final Pattern ADDRESS = Pattern.compile("console: (http://127\\.0\\.0\\.1:\\d+/)");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_a_coordinator_serves_its_console_then_it_shows_the_processes_and_takes_orders() throws Exception {
        SumsJob job = SumsJob.write(folder, SumsJob.Settings.endless());
        try (Services services = job.services(1)) {
            Files.writeString(services.consoleToken(), TOKEN + "\n");
            services.startCoordinator(0);
            SumsJob.startStages(services);
            services.awaitLog("coordinator-0", ADDRESS, 1);
            Matcher said = ADDRESS.matcher(services.log("coordinator-0"));
            assertThat(said.find()).isTrue();
            String console = said.group(1);
            // given
            assertThat(get(console + "api/sketch").body())
                    .contains("\"kind\":\"SERVICES\"", "\"access\":\"TOKEN\"", "\"distribution\":\"by key\"")
                    .contains("\"orders\":[\"CHECKPOINT\",\"SAVEPOINT\",\"STOP\",\"DRAIN\",\"RESTART\",\"SCALE\"]");
            String running = await(
                    console,
                    view -> view.contains("\"phase\":\"RUNNING\"")
                            && view.contains("\"recordsPerSecond\"")
                            && view.contains("\"newest\":{"));
            assertThat(running).contains("\"instance\":\"sums-", "\"firstKeyGroup\":64,\"lastKeyGroup\":127");
            long newest = services.newestCheckpoint(running);
            assertThat(get(console + "api/checkpoints/" + newest).body())
                    .contains("\"uploadNanos\":", "\"lastInput\":\"sums-");
            // when
            assertThat(order(console, "{\"order\":\"SAVEPOINT\",\"name\":\"monday\"}"))
                    .isEqualTo(202);
            assertThat(order(console, "{\"order\":\"SCALE\",\"stage\":\"sums\",\"replicas\":3}"))
                    .isEqualTo(202);
            assertThat(order(console, "{\"order\":\"SCALE\",\"stage\":\"sums\",\"replicas\":300}"))
                    .isEqualTo(409);
            assertThat(order(console, "{\"order\":\"RESTART\",\"checkpoint\":99999}"))
                    .isEqualTo(404);
            // then
            await(
                    console,
                    view -> view.contains("\"name\":\"monday\"")
                            && view.contains("\"status\":\"MADE\"")
                            && view.contains("\"name\":\"sums\",\"wanted\":3"));
            assertThat(get(console + "api/kept").body()).contains("\"savepoints\":[\"monday\"]");
            // when
            assertThat(order(console, "{\"order\":\"STOP\"}")).isEqualTo(202);
            // then
            await(console, view -> view.contains("\"phase\":\"STOPPED\""));
        }
    }

    /** The first view that is as expected. */
    private String await(String console, Predicate<String> expected) throws IOException, InterruptedException {
        HttpResponse<InputStream> stream = http.send(
                HttpRequest.newBuilder(URI.create(console + "api/events")).build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !(line.startsWith("data: ") && expected.test(line))) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        }
    }

    private int order(String console, String body) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(console + "api/orders"))
                                .header("Authorization", "Bearer " + TOKEN)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
}
