package stream.weir.verification.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.console.ConsoleSettings;
import stream.weir.console.http.ConsoleServer;

/** Each order from its button to the job, in a real browser, at the console of a job in a cluster. */
@Timeout(600)
class ConsoleOrdersIT {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static Chromium chromium;

    private final ClusterJob job = ClusterJob.running();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private Optional<ConsoleServer> server = Optional.empty();

    @BeforeAll
    static void begin() {
        Optional<Path> executable = Chromium.find();
        assumeTrue(
                executable.isPresent(),
                "no Chromium (Debian's package chromium, or CHROMIUM=/path/to/it): orders are not given in a browser");
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        chromium = Chromium.start(executable.orElseThrow());
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void stop() {
        server.ifPresent(ConsoleServer::close);
        timer.shutdownNow();
        requests.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Checkpoint now | Take a checkpoint now  | Checkpoint | kubectl create --raw /api/v1/namespaces/trade/services/shop-coordinator:8081/proxy/api/v1/checkpoints -f /dev/null
        Savepoint …    | Take a savepoint       | Savepoint  | metadata: {name: NAMED}
        Scale …        | Scale a stage          | Scale      | kubectl -n trade scale streamstage/shop-totals --replicas=3
        Restart …      | Go back to a checkpoint | Restart   | echo '{"checkpoint":7}' | kubectl create --raw /api/v1/namespaces/trade/services/shop-coordinator:8081/proxy/api/v1/restart -f -
        Drain …        | Drain the pipeline     | Drain      | echo '{"mode":"DRAIN"}' | kubectl create --raw /api/v1/namespaces/trade/services/shop-coordinator:8081/proxy/api/v1/stop -f -
        Stop …         | Stop the pipeline      | Stop       | kubectl -n trade patch streampipeline/shop --type merge -p '{"spec":{"suspend":true}}'
        """)
    void when_a_button_is_pressed_then_the_line_of_kubectl_is_shown_and_a_second_button_gives_the_order(
            String button, String confirmed, String order, String line) throws IOException {
        // given
        Page page = open(Optional.of(TOKEN), 1280, ColorScheme.LIGHT);
        // when
        Locator dialog = ask(page, button);
        fill(dialog, order);
        // then
        assertThat(dialog.locator("pre")).containsText(line.replace("NAMED", "from-the-test"));
        assertThat(job.taken).as("nothing is ordered before it is confirmed").isEmpty();
        // when
        dialog.getByRole(AriaRole.BUTTON, named(confirmed)).click();
        // then
        assertThat(dialog).hasCount(0);
        assertThat(job.taken)
                .singleElement()
                .satisfies(taken -> assertThat(taken.getClass().getSimpleName()).isEqualTo(order));
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"1280, DARK", "390, LIGHT", "390, DARK"})
    void when_a_dialog_is_looked_at_then_it_fits_and_can_be_read(int width, ColorScheme scheme) throws IOException {
        // given
        Page page = open(Optional.of(TOKEN), width, scheme);
        // when
        Locator dialog = ask(page, "Restart …");
        fill(dialog, "Restart");
        // then
        assertThat(Legibility.problems(page)).isEmpty();
        assertThat((Boolean) dialog.evaluate("it => it.scrollWidth <= it.clientWidth"
                        + " && it.getBoundingClientRect().left >= 0 && it.getBoundingClientRect().right <= innerWidth"))
                .isTrue();
        Chromium.keep(page, "restart-dialog-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
        // when
        page.keyboard().press("Escape");
        // then
        assertThat(dialog).hasCount(0);
        assertThat(job.taken).isEmpty();
        page.context().close();
    }

    @Test
    void when_the_console_has_no_token_then_it_is_read_only_and_says_so() throws IOException {
        // given
        Page page = open(Optional.empty(), 1280, ColorScheme.LIGHT);
        // then
        assertThat(page.locator(".head")).containsText("read-only");
        // when
        Locator dialog = ask(page, "Stop …");
        // then
        assertThat(dialog.getByRole(AriaRole.BUTTON, named("Stop the pipeline")))
                .isDisabled();
        assertThat(dialog).containsText("This console is read-only, as it has no token.");
        assertThat(dialog.locator("pre")).containsText("kubectl -n trade patch streampipeline/shop");
        page.context().close();
    }

    @Test
    void when_text_is_pale_or_a_button_has_no_name_then_it_is_found() {
        // given
        Page page = chromium.open("about:blank", 1280, 900, ColorScheme.LIGHT);
        // when
        page.setContent(
                "<body style='background: #fff'><p style='color: #888'>pale</p><p>black</p><button></button></body>");
        // then
        assertThat(Legibility.problems(page))
                .satisfiesExactly(
                        pale -> assertThat(pale).startsWith("contrast 3.54 of \"pale\""),
                        unnamed -> assertThat(unnamed).startsWith("no name: <button>"));
        page.context().close();
    }

    private static Locator ask(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).isVisible();
        return dialog;
    }

    private static void fill(Locator dialog, String order) {
        switch (order) {
            case "Savepoint" -> dialog.getByLabel("Name").fill("from-the-test");
            case "Scale" -> {
                dialog.getByLabel("Stage").selectOption("totals");
                dialog.getByLabel("Replicas").fill("3");
            }
            case "Restart" -> dialog.getByLabel("Back to").selectOption("c7");
            default -> {}
        }
    }

    private Page open(Optional<String> token, int width, ColorScheme scheme) throws IOException {
        ConsoleServer opened = ConsoleServer.open(
                new ConsoleSettings("127.0.0.1", 0, token), job, new ConsoleServer.Ports(requests, timer));
        server = Optional.of(opened);
        String address = "http://127.0.0.1:" + opened.port() + "/"
                + token.map(each -> "#token=" + each).orElse("");
        Page page = chromium.open(address, width, width > 700 ? 900 : 844, scheme);
        assertThat(page.locator(".head")).isVisible();
        return page;
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
