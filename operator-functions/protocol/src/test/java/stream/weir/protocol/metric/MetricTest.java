package stream.weir.protocol.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents, dashboards and alerts name figures as the code does. The reference is rewritten with {@code -Dweir.golden=write}. */
class MetricTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", "."));
    private static final Path REFERENCE = ROOT.resolve("docs/reference/metrics.md");
    private static final String MARK = "<!-- From here on made from Metric by MetricTest. -->\n";
    private static final Pattern NAME = Pattern.compile("\\bweir_[a-z_]+");

    private static Set<String> exported() {
        return Arrays.stream(Metric.values()).map(Metric::exported).collect(Collectors.toSet());
    }

    @Test
    void when_figures_change_then_the_reference_says_so() throws Exception {
        // given
        String written = Files.readString(REFERENCE);
        // when
        String expected = written.substring(0, written.indexOf(MARK) + MARK.length()) + table();
        if ("write".equals(System.getProperty("weir.golden"))) {
            Files.writeString(REFERENCE, expected);
        }
        // then
        assertThat(Files.readString(REFERENCE)).isEqualTo(expected);
    }

    @Test
    void when_a_dashboard_or_an_alert_names_a_figure_then_it_is_exported() throws Exception {
        for (Path file : files("deploy/grafana", "deploy/prometheus")) {
            Set<String> named = new TreeSet<>(NAME.matcher(Files.readString(file))
                    .results()
                    .map(found -> withoutPart(found.group()))
                    .toList());
            assertThat(exported()).as(file.toString()).containsAll(named);
        }
    }

    @Test
    void when_figures_are_exported_then_some_dashboard_shows_each_of_them() throws Exception {
        // given
        StringBuilder all = new StringBuilder();
        for (Path file : files("deploy/grafana")) {
            all.append(Files.readString(file));
        }
        // then
        assertThat(all.toString()).contains(exported());
    }

    @Test
    void when_a_figure_has_a_unit_then_it_is_a_base_unit_in_its_name() {
        assertThat(Metric.values()).allSatisfy(metric -> {
            assertThat(metric.id())
                    .matches("weir(\\.[a-z]+)+")
                    .doesNotContain("millis")
                    .doesNotContain(".total");
            assertThat(metric.meaning()).endsWith(".");
        });
        assertThat(exported()).hasSize(Metric.values().length);
    }

    /** The name of the histogram that a part belongs to; any other name as it is. */
    private static String withoutPart(String name) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.kind() == Metric.Kind.HISTOGRAM)
                .map(Metric::exported)
                .filter(whole -> name.matches(whole + "_(bucket|sum|count)"))
                .findFirst()
                .orElse(name);
    }

    private static List<Path> files(String... folders) throws IOException {
        List<Path> all = new java.util.ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(Files::isRegularFile).sorted().forEach(all::add);
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    private static String process(Metric.Origin origin) {
        return switch (origin) {
            case STAGE -> "a stage process";
            case COORDINATOR -> "a coordinator";
            case OPERATOR -> "the operator";
        };
    }

    private static String table() {
        StringBuilder out = new StringBuilder();
        for (Metric.Origin origin : Metric.Origin.values()) {
            out.append("\n## Of ")
                    .append(process(origin))
                    .append("\n\n| name | kind | labels | |\n|---|---|---|---|\n");
            Arrays.stream(Metric.values())
                    .filter(metric -> metric.origin() == origin)
                    .forEach(metric -> out.append("| `")
                            .append(metric.exported())
                            .append("` | ")
                            .append(metric.kind().name().toLowerCase(Locale.ROOT))
                            .append(" | ")
                            .append(metric.labels().stream()
                                    .map(label -> "`" + label + "`")
                                    .collect(Collectors.joining(", ")))
                            .append(" | ")
                            .append(metric.meaning())
                            .append(" |\n"));
        }
        return out.toString();
    }
}
