package stream.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The reference of the command line is made from the commands. Rewritten with {@code -Dweir.golden=write}; what stands above the
 * mark is written by hand.
 */
final class CommandReferenceTest {
    private static final Path REFERENCE =
            Path.of(System.getProperty("weir.root", "..")).resolve("docs/reference/command-line.md");
    private static final String MARK = "<!-- From here on made from the commands by CommandReferenceTest. -->\n";

    @Test
    void when_commands_change_then_the_reference_says_so() throws Exception {
        // given
        String written = Files.readString(REFERENCE);
        String byHand = written.substring(0, written.indexOf(MARK) + MARK.length());
        // when
        String expected = byHand + reference();
        if ("write".equals(System.getProperty("weir.golden"))) {
            Files.writeString(REFERENCE, expected);
        }
        // then
        assertThat(Files.readString(REFERENCE)).isEqualTo(expected);
    }

    private static String reference() {
        StringBuilder out = new StringBuilder();
        Weir.commandLine().getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                section(command, out);
            }
        });
        return out.toString();
    }

    private static void section(CommandLine command, StringBuilder out) {
        CommandSpec spec = command.getCommandSpec();
        Map<String, CommandLine> inner = command.getSubcommands();
        if (inner.isEmpty()) {
            String arguments = spec.positionalParameters().stream()
                    .map(each -> each.arity().min() == 0 ? "[" + each.paramLabel() + "]" : each.paramLabel())
                    .collect(Collectors.joining(" "));
            out.append("\n## `")
                    .append(spec.qualifiedName())
                    .append(' ')
                    .append(arguments)
                    .append("`\n\n");
            out.append(text(spec.usageMessage().description())).append("\n\n");
            table(spec, out);
            out.append("\n| exit code | |\n|---|---|\n");
            spec.usageMessage().exitCodeList().forEach((code, meaning) -> out.append("| ")
                    .append(code)
                    .append(" | ")
                    .append(cell(meaning))
                    .append(" |\n"));
        }
        inner.values().forEach(each -> section(each, out));
    }

    private static void table(CommandSpec spec, StringBuilder out) {
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec each : spec.positionalParameters()) {
            rows.add("| `" + cell(each.paramLabel()) + "` | " + cell(text(each.description())) + " |");
        }
        for (OptionSpec each : spec.options()) {
            if (!each.usageHelp() && !each.versionHelp()) {
                String names = Arrays.stream(each.names()).collect(Collectors.joining("`, `"));
                String takes = each.arity().max() > 0 ? " " + each.paramLabel() : "";
                rows.add("| `" + names + cell(takes) + "` | " + cell(description(each)) + " |");
            }
        }
        out.append("| | |\n|---|---|\n").append(String.join("\n", rows)).append('\n');
    }

    private static String description(OptionSpec option) {
        return text(option.description()).replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
    }

    private static String text(String[] lines) {
        return String.join(" ", lines).replace("%n", "\n");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
