package stream.weir.verification.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import stream.weir.verification.reference.SettingsSource.Setting;

/** docs/reference/configuration.md has every setting of every process. */
class ConfigurationReferenceTest {
    private static final Map<String, List<String>> INTERFACES = interfaces();
    private static final Pattern ENVIRONMENT = Pattern.compile("\"(WEIR_[A-Z_]+)\"");

    private static Map<String, List<String>> interfaces() {
        String network = "network/services/src/main/java/stream/weir/network/service/NetworkOptions.java";
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put(
                "Stage service",
                List.of(
                        "operator-functions/stage/src/main/java/stream/weir/stage/app/StageConfiguration.java",
                        network));
        all.put(
                "Coordinator service",
                List.of(
                        "coordinator-service/src/main/java/stream/weir/service/app/CoordinatorConfiguration.java",
                        network));
        all.put("Operator", List.of("k8s-operator/src/main/java/stream/weir/operator/app/OperatorConfiguration.java"));
        return all;
    }

    @Test
    void when_settings_change_then_the_reference_says_so() throws IOException {
        StringBuilder made = new StringBuilder();
        for (Map.Entry<String, List<String>> each : INTERFACES.entrySet()) {
            made.append("\n## ").append(each.getKey()).append("\n\n| key | default | |\n|---|---|---|\n");
            settings(each.getValue()).forEach(setting -> made.append(row(setting)));
        }
        Page.of("configuration.md").assertMade(made.toString());
    }

    @Test
    void when_there_is_a_setting_then_it_is_explained() throws IOException {
        for (List<String> sources : INTERFACES.values()) {
            assertThat(settings(sources)).hasSizeGreaterThan(10).allSatisfy(setting -> assertThat(setting.meaning())
                    .as(setting.key())
                    .endsWith("."));
        }
    }

    @Test
    void when_a_command_or_a_library_reads_a_variable_then_the_page_has_it() throws IOException {
        // given
        Set<String> read = new TreeSet<>();
        for (String folder : List.of("cli", "operator-functions", "object-store", "object-store-s3")) {
            for (Path source : sources(folder)) {
                ENVIRONMENT.matcher(Files.readString(source)).results().forEach(found -> read.add(found.group(1)));
            }
        }
        // then
        assertThat(read).contains("WEIR_TOKEN");
        assertThat(Page.of("configuration.md").text())
                .contains(read.stream().map(name -> "`" + name + "`").toList());
    }

    /** Of interfaces: the first one declares the settings, with groups that are in the others. */
    private static List<Setting> settings(List<String> sources) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String source : sources) {
            texts.add(Page.source(source));
        }
        return SettingsSource.of(texts);
    }

    private static List<Path> sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Page.ROOT.resolve(folder))) {
            return files.filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("/src/main/"))
                    .toList();
        }
    }

    private static String row(Setting setting) {
        return "| `" + setting.key() + "` | " + setting.byDefault() + " | " + setting.meaning() + " |\n";
    }
}
