package stream.weir.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;
import stream.weir.cli.answer.Yaml;

/** The option that says in which form a command answers. */
final class AnswerForm {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text (for people, the default), json or yaml.")
    private Form form = Form.TEXT;

    private enum Form {
        TEXT,
        JSON,
        YAML
    }

    boolean isText() {
        return form == Form.TEXT;
    }

    /** One of many answers, as data: of JSON a line. */
    void printNext(PrintWriter out, Value answer) {
        switch (form) {
            case TEXT, JSON -> out.println(Json.line(answer));
            case YAML -> {
                out.println("---");
                out.print(Yaml.of(answer));
            }
        }
        out.flush();
    }

    /**
     * One answer, or a list where there are several, as of regions.
     *
     * @param lines all of them as text
     */
    void print(PrintWriter out, List<Value> answers, List<String> lines) {
        print(out, answers.size() == 1 ? answers.getFirst() : Value.of(answers, answer -> answer), lines);
    }

    /** An order was accepted: {@code what} it was, by {@code name}, and a line for people. */
    void printAccepted(PrintWriter out, String name, Value what, String line) {
        print(
                out,
                Value.fields().with("accepted", Value.of(true)).with(name, what).build(),
                List.of(line));
    }

    /** @param lines the answer as text */
    void print(PrintWriter out, Value answer, List<String> lines) {
        switch (form) {
            case TEXT -> lines.forEach(out::println);
            case JSON -> out.println(Json.pretty(answer));
            case YAML -> {
                out.println("---");
                out.print(Yaml.of(answer));
            }
        }
        out.flush();
    }
}
