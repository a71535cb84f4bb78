package stream.weir.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The script for fish: a line for each command and each of its options. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String of(CommandLine weir) {
        FishCompletion completion = new FishCompletion();
        Map<String, CommandLine> commands = new TreeMap<>(weir.getSubcommands());
        String all = String.join(" ", commands.keySet());
        completion.options("", weir);
        commands.forEach((name, command) -> {
            completion.line("not __fish_seen_subcommand_from " + all, "-f -a " + name, description(command));
            completion.command(name, command);
        });
        return completion.script.toString();
    }

    private void command(String name, CommandLine command) {
        String condition = "__fish_seen_subcommand_from " + name;
        options(condition, command);
        new TreeMap<>(command.getSubcommands()).forEach((inner, its) -> {
            line(condition, "-f -a " + inner, description(its));
            options(condition + "; and __fish_seen_subcommand_from " + inner, its);
        });
    }

    private void options(String condition, CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            StringBuilder names = new StringBuilder();
            for (String name : option.names()) {
                names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            String takes = option.arity().max() > 0 ? " -r" : "";
            line(condition, names.substring(1) + takes, first(option.description()));
        }
    }

    private void line(String condition, String what, String description) {
        script.append("complete -c weir");
        if (!condition.isEmpty()) {
            script.append(" -n ").append(quoted(condition));
        }
        script.append(' ')
                .append(what)
                .append(" -d ")
                .append(quoted(description))
                .append('\n');
    }

    private static String description(CommandLine command) {
        return first(command.getCommandSpec().usageMessage().description());
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
