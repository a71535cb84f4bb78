package stream.weir.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import stream.weir.connector.files.FileSinkConnector;
import stream.weir.connector.files.FileSourceConnector;
import stream.weir.connector.generator.GeneratorSourceConnector;
import stream.weir.connector.generator.StdoutSinkConnector;
import stream.weir.connector.http.HttpSinkConnector;
import stream.weir.connector.http.HttpSourceConnector;
import stream.weir.connector.jdbc.JdbcSinkConnector;
import stream.weir.connector.kafka.KafkaSinkConnector;
import stream.weir.connector.kafka.KafkaSourceConnector;
import stream.weir.connector.s3.S3SinkConnector;
import stream.weir.connector.s3.S3SourceConnector;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.compile.Extensions;

/** Documents do not drift from what they describe: what they point at is there, and their pipelines are sound. */
final class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern YAML = Pattern.compile("```yaml\n(apiVersion: .*?)```", Pattern.DOTALL);
    private static final Pattern TEST_NAME = Pattern.compile("(?=\\w*[a-z])[A-Z]\\w*(Test|IT|Contract)");

    private static final Extensions CONNECTORS = Extensions.of(
            List.of(
                    new FileSourceConnector(),
                    new GeneratorSourceConnector(),
                    new KafkaSourceConnector(),
                    new HttpSourceConnector(),
                    new S3SourceConnector()),
            List.of(
                    new FileSinkConnector(),
                    new StdoutSinkConnector(),
                    new KafkaSinkConnector(),
                    new JdbcSinkConnector(),
                    new HttpSinkConnector(),
                    new S3SinkConnector()),
            List.of());

    @Test
    void when_a_document_links_a_file_then_it_is_there() {
        List<String> broken = new ArrayList<>();
        for (Path document : Repository.files("md")) {
            found(LINK, document)
                    .map(link -> link.group(1))
                    .filter(link -> !link.contains("://"))
                    .filter(link -> !Files.exists(document.resolveSibling(link)))
                    .forEach(link -> broken.add(Repository.ROOT.relativize(document) + ": " + link));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void when_a_document_names_a_source_or_a_test_then_it_is_there() {
        List<Path> sources = Repository.files("java");
        Set<String> classes = sources.stream()
                .map(path -> path.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        List<String> broken = new ArrayList<>();
        for (Path document : Repository.files("md")) {
            found(CODE, document)
                    .map(code -> code.group(1))
                    .filter(code -> code.matches("[\\w./-]+/[\\w-]+\\.(java|yaml)")
                            ? !Files.exists(Repository.ROOT.resolve(code))
                            : TEST_NAME.matcher(code).matches() && !classes.contains(code))
                    .forEach(code -> broken.add(Repository.ROOT.relativize(document) + ": " + code));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void when_a_document_shows_a_whole_pipeline_then_it_is_sound() {
        PipelineFile files = new PipelineFile(CONNECTORS);
        List<String> problems = new ArrayList<>();
        int shown = 0;
        for (Path document : Repository.files("md")) {
            for (MatchResult yaml : found(YAML, document).toList()) {
                shown++;
                if (files.read(yaml.group(1), Repository.ROOT) instanceof PipelineFile.Rejected rejected) {
                    problems.add(rejected.format(document.toString()));
                }
            }
        }
        assertThat(problems).isEmpty();
        assertThat(shown).isPositive();
    }

    private static Stream<MatchResult> found(Pattern pattern, Path document) {
        return pattern.matcher(Repository.text(document)).results();
    }
}
