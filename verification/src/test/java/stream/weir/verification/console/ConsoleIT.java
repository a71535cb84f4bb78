package stream.weir.verification.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code weir run --console} in a real browser. */
@Timeout(600)
class ConsoleIT {
    private static final Pattern SOME_RATE = Pattern.compile("[1-9][\\d.,]* ?[kM]?/s");

    @TempDir
    private static Path folder;

    private static ConsolePipeline pipeline;
    private static Chromium chromium;

    @BeforeAll
    static void begin() throws Exception {
        Optional<Path> executable = Chromium.find();
        assumeTrue(
                executable.isPresent(),
                "no Chromium (Debian's package chromium, or CHROMIUM=/path/to/it): the console is not looked at in a"
                        + " browser");
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        pipeline = ConsolePipeline.sound(folder);
        chromium = Chromium.start(executable.orElseThrow());
    }

    @AfterAll
    static void end() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (pipeline != null) {
            pipeline.kill();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK"})
    void when_the_overview_is_looked_at_then_it_fits_in_both_widths_and_themes(int width, ColorScheme scheme) {
        // given
        Page page = open("", width, scheme);
        // then
        Locator graph = page.getByRole(AriaRole.REGION, named("Graph of the pipeline"));
        for (String stage : List.of("orders", "totals", "report")) {
            assertThat(graph.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(stage)))
                    .hasCount(1);
        }
        assertThat(graph.getByText("by customer")).isVisible();
        assertThat(graph.locator(".stage-rate").first()).hasText(SOME_RATE);
        assertThat(page.locator(".head .state")).containsText("running");
        assertThat(page.locator(".facts").getByRole(AriaRole.LINK).first()).hasText(Pattern.compile("\\d+"));
        assertFits(page);
        assertThat(Legibility.problems(page)).isEmpty();
        assertThat(brightness(page)).satisfies(light -> assertThat(light > 128).isEqualTo(scheme == ColorScheme.LIGHT));
        Chromium.keep(page, "overview-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void when_time_goes_on_then_figures_change_by_themselves_over_one_connection() {
        // given
        Page page = open("", 1280, ColorScheme.LIGHT);
        List<String> asked = new CopyOnWriteArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        Locator records = page.getByRole(AriaRole.REGION, named("Table of stages"))
                .locator("tbody tr")
                .first()
                .locator("td")
                .nth(2);
        assertThat(records).hasText(Pattern.compile("\\d.*"));
        // when
        String before = records.innerText();
        // then
        assertThat(records).not().hasText(before);
        assertThat(asked).isEmpty();
        page.context().close();
    }

    @Test
    void when_a_checkpoint_is_looked_at_then_each_replica_has_a_timeline_and_the_channel_is_named() {
        // given
        Page page = open("#/checkpoints", 1280, ColorScheme.LIGHT);
        assertThat(page.locator(".chart a")).not().hasCount(0);
        Chromium.keep(page, "checkpoints");
        // when
        page.getByRole(AriaRole.REGION, named("Table of checkpoints"))
                .locator("tr", new Locator.LocatorOptions().setHasText("completed"))
                .first()
                .getByRole(AriaRole.LINK)
                .click();
        // then
        Locator timeline = page.getByRole(AriaRole.REGION, named("Timeline of each replica"));
        assertThat(timeline.locator("tbody tr")).hasCount(4);
        assertThat(timeline.locator("tbody svg")).hasCount(4);
        assertThat(timeline.getByText(Pattern.compile("totals-[01]->report-0"))).isVisible();
        assertThat(page.locator(".notice").first()).containsText("was the last");
        assertThat(page.locator(".notice code")).hasText(Pattern.compile("totals-[01]->report-0"));
        assertThat(Legibility.problems(page)).isEmpty();
        Chromium.keep(page, "checkpoint");
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"#/stages/totals, stage, Table of replicas", "#/spec, spec, Pipeline file"})
    void when_another_page_is_looked_at_then_it_is_there(String route, String name, String part) {
        Page page = open(route, 1280, ColorScheme.LIGHT);
        assertThat(page.getByLabel(part).first()).isVisible();
        assertThat(page.locator("main")).containsText(name.equals("stage") ? "64–127" : "keyBy");
        assertThat(Legibility.problems(page)).isEmpty();
        Chromium.keep(page, name);
        page.setViewportSize(390, 844);
        assertFits(page);
        Chromium.keep(page, name + "-390");
        page.context().close();
    }

    @Test
    void when_a_savepoint_is_asked_for_with_the_token_then_it_is_made() {
        // given
        Page page = chromium.open(pipeline.addressWithToken(), 1280, 900, ColorScheme.LIGHT);
        assertThat(page.getByRole(AriaRole.BUTTON, button("Lock"))).isVisible();
        assertThat(page.url()).doesNotContain("token");
        // when
        page.getByRole(AriaRole.BUTTON, button("Savepoint …")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name").fill("from-the-console");
        assertThat(dialog.locator("pre").first()).containsText("weir savepoint");
        assertThat(dialog.locator("pre").last()).containsText("kind: StreamSavepoint");
        assertThat(Legibility.problems(page)).isEmpty();
        Chromium.keep(page, "savepoint-dialog");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take a savepoint"))
                .click();
        // then
        assertThat(dialog).hasCount(0);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Checkpoints"))
                .first()
                .click();
        assertThat(page.getByText("is a copy of checkpoint")).isVisible();
        Chromium.keep(page, "savepoint-made");
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void when_the_console_is_locked_then_an_order_cannot_be_given_but_its_line_is_shown() {
        // given
        Page page = open("", 1280, ColorScheme.LIGHT);
        // when
        page.getByRole(AriaRole.BUTTON, button("Stop …")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        // then
        assertThat(dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop the pipeline")))
                .isDisabled();
        assertThat(dialog).containsText("Unlock the console");
        assertThat(dialog.locator("pre").first()).containsText("Ctrl-C");
        assertThat(dialog.locator("pre").last()).containsText("kubectl -n default patch streampipeline/shop");
        // when
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();
        page.getByRole(AriaRole.BUTTON, button("Unlock")).click();
        dialog.getByLabel("Token").fill("not the right token");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Unlock"))
                .click();
        // then
        assertThat(dialog.getByRole(AriaRole.ALERT)).hasText("That is not its token.");
        chromium.complaints(); // The browser says that a request was refused.
        page.context().close();
    }

    @Test
    void when_only_keys_are_used_then_everything_is_reached_and_the_focus_comes_back() {
        // given
        Page page = open("", 1280, ColorScheme.LIGHT);
        assertThat(page.locator(".stage")).hasCount(3);
        // when
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        page.keyboard().press("Tab");
        Locator first = page.getByRole(AriaRole.BUTTON, button("Checkpoint now"));
        assertThat(first).isFocused();
        page.keyboard().press("Enter");
        // then
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).isVisible();
        assertThat(dialog.locator(":focus")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(dialog).hasCount(0);
        assertThat(first).isFocused();
        // when
        page.locator(".stage").nth(1).focus();
        page.keyboard().press("Enter");
        // then
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("totals")))
                .isVisible();
        assertThat(page.locator("main")).isFocused();
        page.context().close();
    }

    @Test
    void when_a_checkpoint_is_not_there_then_it_is_said_why() {
        Page page = open("#/checkpoints/99999", 1280, ColorScheme.LIGHT);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("NO_SUCH_CHECKPOINT");
        chromium.complaints();
        page.context().close();
    }

    @Test
    void when_a_pipeline_fails_and_dies_then_the_cause_and_the_lost_connection_are_shown() throws Exception {
        // given
        ConsolePipeline failing = ConsolePipeline.failing(folder);
        try {
            Page page = chromium.open(failing.address() + "#/failures", 1280, 900, ColorScheme.DARK);
            // then
            Locator recoveries = page.getByRole(AriaRole.REGION, named("Table of recoveries"));
            assertThat(recoveries.locator("tbody tr").first()).containsText("numbers-0");
            assertThat(recoveries.locator("tbody tr").first())
                    .containsText(Pattern.compile("zero", Pattern.CASE_INSENSITIVE));
            Chromium.keep(page, "failures");
            // when
            failing.kill();
            // then
            assertThat(page.locator(".notice").first())
                    .containsText("Connection lost", new LocatorAssertions.ContainsTextOptions().setTimeout(90_000));
            Chromium.keep(page, "connection-lost");
            page.context().close();
        } finally {
            failing.kill();
            chromium.complaints();
        }
    }

    private static Page open(String route, int width, ColorScheme scheme) {
        Page page = chromium.open(pipeline.address() + route, width, width > 700 ? 900 : 844, scheme);
        assertThat(page.locator(".head")).isVisible();
        return page;
    }

    private static void assertFits(Page page) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("pixels that the page is wider than the window")
                .isLessThanOrEqualTo(0);
    }

    /** Of the ground, from 0 to 255. */
    private static int brightness(Page page) {
        return (Integer) page.evaluate(
                "Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number))");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions button(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
