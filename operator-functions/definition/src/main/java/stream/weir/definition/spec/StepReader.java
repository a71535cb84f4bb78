package stream.weir.definition.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.pipeline.Step.JoinTime;
import stream.weir.api.pipeline.Step.JoinType;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.definition.problem.Located;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;
import stream.weir.definition.yaml.Quantities;

/** Reads one entry of {@code steps}. */
final class StepReader {
    private final Map<String, Reader> readers = readers();

    private interface Reader {
        Optional<? extends StepSpec> read(StepSpec.Head head, Cursor body);
    }

    Optional<StepSpec> read(Fields step) {
        int before = step.mapping().problems().count();
        List<String> kinds = readers.keySet().stream().filter(step::has).toList();
        Optional<Located<String>> name = step.find("name").flatMap(Names::label);
        var onError = StageReader.onError(step);
        step.rejectOthers();
        if (kinds.size() > 1) {
            step.mapping().problem("a step does one thing, this one has " + String.join(" and ", kinds));
            return Optional.empty();
        }
        if (kinds.isEmpty()) {
            if (step.mapping().problems().count() == before) {
                step.mapping().problem("a step is one of " + String.join(", ", readers.keySet()));
            }
            return Optional.empty();
        }
        String kind = kinds.getFirst();
        StepSpec.Head head = new StepSpec.Head(step.keyPlace(kind), kind, name, onError);
        Optional<Reader> reader = Optional.ofNullable(readers.get(kind));
        return step.require(kind).flatMap(body -> reader.flatMap(known -> known.read(head, body)));
    }

    private static Map<String, Reader> readers() {
        AggregateReader aggregates = new AggregateReader();
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("filter", StepReader::filter);
        readers.put("map", StepReader::map);
        readers.put("flatMap", StepReader::flatMap);
        readers.put("aggregate", aggregates::read);
        readers.put("join", StepReader::join);
        readers.put("deduplicate", StepReader::deduplicate);
        readers.put("function", StepReader::function);
        return readers;
    }

    private static Optional<StepSpec> filter(StepSpec.Head head, Cursor body) {
        return expression(body).map(condition -> new StepSpec.Filter(head, condition));
    }

    private static Optional<StepSpec> map(StepSpec.Head head, Cursor body) {
        return body.fields().map(fields -> {
            List<StepSpec.Assignment> assignments = new ArrayList<>();
            fields.all().forEach((name, value) -> expression(value)
                    .ifPresent(text -> assignments.add(
                            new StepSpec.Assignment(new Located<>(name, fields.keyPlace(name)), text))));
            if (fields.all().isEmpty()) {
                body.problem("needs at least one field");
            }
            return new StepSpec.Map(head, List.copyOf(assignments));
        });
    }

    private static Optional<StepSpec> flatMap(StepSpec.Head head, Cursor body) {
        return body.fields().flatMap(fields -> {
            Optional<Located<String>> as = fields.require("as").flatMap(Cursor::locatedText);
            Optional<ExpressionText> of = fields.require("of").flatMap(StepReader::expression);
            fields.rejectOthers();
            return as.isPresent() && of.isPresent()
                    ? Optional.of(new StepSpec.FlatMap(head, as.get(), of.get()))
                    : Optional.empty();
        });
    }

    private static Optional<StepSpec> join(StepSpec.Head head, Cursor body) {
        return body.fields().flatMap(fields -> {
            Optional<Located<String>> left = fields.require("left").flatMap(Cursor::locatedText);
            Optional<Located<String>> right = fields.require("right").flatMap(Cursor::locatedText);
            JoinType type = fields.find("type")
                    .flatMap(value -> value.oneOf(Words.JOIN_TYPES))
                    .orElse(JoinType.INNER);
            Optional<JoinTime> time = joinTime(fields);
            fields.rejectOthers();
            return left.isPresent() && right.isPresent() && time.isPresent()
                    ? Optional.of(new StepSpec.Join(head, left.get(), right.get(), time.get(), type))
                    : Optional.empty();
        });
    }

    private static Optional<JoinTime> joinTime(Fields fields) {
        if (fields.has("window") == fields.has("within")) {
            fields.mapping()
                    .problems()
                    .add(fields.place(), "a join has either window: {tumbling: DURATION} or within: DURATION");
            return Optional.empty();
        }
        return fields.find("within")
                .flatMap(Quantities::duration)
                .<JoinTime>map(JoinTime.Within::new)
                .or(() -> fields.find("window").flatMap(Cursor::fields).flatMap(window -> {
                    Optional<JoinTime> tumbling = window.require("tumbling")
                            .flatMap(Quantities::positiveDuration)
                            .map(size -> new JoinTime.Window(new WindowSpec.Tumbling(size)));
                    window.rejectOthers();
                    return tumbling;
                }));
    }

    private static Optional<StepSpec> deduplicate(StepSpec.Head head, Cursor body) {
        return body.fields().map(fields -> {
            List<Located<String>> by = fields.find("by").map(StageReader::names).orElse(List.of());
            var within = fields.find("within").flatMap(Quantities::positiveDuration);
            fields.rejectOthers();
            return new StepSpec.Deduplicate(head, List.copyOf(by), within);
        });
    }

    private static Optional<StepSpec> function(StepSpec.Head head, Cursor body) {
        return body.fields().flatMap(fields -> {
            Optional<Located<String>> name = fields.require("name").flatMap(Cursor::locatedText);
            Optional<Located<String>> left = fields.find("left").flatMap(Cursor::locatedText);
            Optional<Located<String>> right = fields.find("right").flatMap(Cursor::locatedText);
            Optional<Fields> config = fields.find("config").flatMap(Cursor::fields);
            fields.rejectOthers();
            return name.map(value -> new StepSpec.Function(head, value, left, right, body, config));
        });
    }

    private static Optional<ExpressionText> expression(Cursor cursor) {
        if (cursor.isNull()) {
            cursor.problem("needs an expression");
            return Optional.empty();
        }
        return cursor.text().map(text -> new ExpressionText(text, cursor));
    }
}
