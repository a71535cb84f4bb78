package stream.weir.definition.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.definition.problem.Located;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;
import stream.weir.definition.yaml.Quantities;

/** Reads {@code aggregate}. */
final class AggregateReader {
    private static final int MOST_OF_TOP = 10_000;

    Optional<StepSpec> read(StepSpec.Head head, Cursor body) {
        return body.fields().map(fields -> {
            Optional<WindowSpec> window =
                    fields.find("window").flatMap(Cursor::fields).flatMap(AggregateReader::window);
            Duration lateness =
                    fields.find("allowedLateness").flatMap(Quantities::duration).orElse(Duration.ZERO);
            Optional<Located<String>> lateTo = fields.find("late").flatMap(AggregateReader::lateTo);
            if (fields.find("window").isEmpty()) {
                Stream.of("allowedLateness", "late").filter(fields::has).forEach(name -> body.problems()
                        .add(fields.keyPlace(name), "only an aggregate with a window has late rows"));
            }
            List<AggregateField> results = fields.require("fields")
                    .flatMap(Cursor::fields)
                    .map(AggregateReader::fields)
                    .orElse(List.of());
            fields.rejectOthers();
            return new StepSpec.Aggregate(head, window, lateness, lateTo, results);
        });
    }

    private static Optional<WindowSpec> window(Fields fields) {
        List<String> kinds =
                Stream.of("tumbling", "sliding", "session").filter(fields::has).toList();
        if (kinds.size() != 1) {
            fields.mapping().problem("a window is one of {tumbling: 24h}, {sliding: 3h, slide: 1h} and {session: 30m}");
            return Optional.empty();
        }
        Optional<Duration> length = fields.require(kinds.getFirst()).flatMap(Quantities::positiveDuration);
        Optional<WindowSpec> window =
                switch (kinds.getFirst()) {
                    case "tumbling" -> length.map(WindowSpec.Tumbling::new);
                    case "session" -> length.map(WindowSpec.Session::new);
                    default -> sliding(fields, length);
                };
        fields.rejectOthers();
        return window;
    }

    private static Optional<WindowSpec> sliding(Fields fields, Optional<Duration> size) {
        Optional<Cursor> cursor = fields.require("slide");
        Optional<Duration> slide = cursor.flatMap(Quantities::positiveDuration);
        if (size.isEmpty() || slide.isEmpty()) {
            return Optional.empty();
        }
        if (slide.get().compareTo(size.get()) > 0) {
            cursor.ifPresent(
                    value -> value.problem("a window must not slide further than its size, rows would be lost"));
            return Optional.empty();
        }
        return Optional.of(new WindowSpec.Sliding(size.get(), slide.get()));
    }

    private static Optional<Located<String>> lateTo(Cursor late) {
        if (late.isMapping()) {
            return late.fields().flatMap(fields -> {
                Optional<Located<String>> stage = fields.require("to").flatMap(Cursor::locatedText);
                fields.rejectOthers();
                return stage;
            });
        }
        late.scalar()
                .filter(word -> !word.equals("drop"))
                .ifPresent(word -> late.problem("must be drop or {to: STAGE}"));
        return Optional.empty();
    }

    private static List<AggregateField> fields(Fields fields) {
        List<AggregateField> results = new ArrayList<>();
        fields.all().forEach((name, value) -> value.fields()
                .flatMap(function -> field(new Located<>(name, fields.keyPlace(name)), function))
                .ifPresent(results::add));
        if (fields.all().isEmpty()) {
            fields.mapping().problem("needs at least one field");
        }
        return List.copyOf(results);
    }

    private static Optional<AggregateField> field(Located<String> name, Fields function) {
        int before = function.mapping().problems().count();
        List<AggregateField.Kind> kinds = Stream.of(AggregateField.Kind.values())
                .filter(kind -> function.has(kind.spelling()))
                .toList();
        function.rejectOthers();
        if (kinds.size() != 1) {
            if (function.mapping().problems().count() == before) {
                function.mapping().problem("names exactly one function, such as {count: \"*\"} or {avg: FIELD}");
            }
            return Optional.empty();
        }
        AggregateField.Kind kind = kinds.getFirst();
        Optional<Cursor> argument = function.require(kind.spelling());
        if (kind == AggregateField.Kind.TOP) {
            return argument.flatMap(Cursor::fields).flatMap(top -> top(name, top));
        }
        return argument.flatMap(Cursor::locatedText)
                .map(input -> new AggregateField(
                        name,
                        kind,
                        kind == AggregateField.Kind.COUNT && input.value().equals("*")
                                ? Optional.empty()
                                : Optional.of(input),
                        Optional.empty()));
    }

    private static Optional<AggregateField> top(Located<String> name, Fields top) {
        Optional<Long> n = top.require("n").flatMap(value -> value.integer(1, MOST_OF_TOP));
        Optional<Located<String>> by = top.require("by").flatMap(Cursor::locatedText);
        Optional<Located<String>> of = top.require("of").flatMap(Cursor::locatedText);
        top.rejectOthers();
        return n.isPresent() && by.isPresent() && of.isPresent()
                ? Optional.of(new AggregateField(
                        name,
                        AggregateField.Kind.TOP,
                        by,
                        Optional.of(new AggregateField.Top(n.get().intValue(), of.get()))))
                : Optional.empty();
    }
}
