package stream.weir.definition.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import stream.weir.api.pipeline.OnError;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Place;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;
import stream.weir.definition.yaml.Quantities;

/** Reads one entry of {@code spec.stages}. */
final class StageReader {
    private static final Map<String, Function<Place, InputSpec.Distribution>> PARTITIONS = partitions();

    private final ConnectorNames connectors;
    private final StepReader steps = new StepReader();

    StageReader(ConnectorNames connectors) {
        this.connectors = connectors;
    }

    StageSpec read(Fields stage) {
        Problems problems = stage.mapping().problems();
        Optional<Located<String>> name = stage.require("name").flatMap(Names::label);
        Located<Integer> replicas = replicas(stage);
        int before = problems.count();
        Optional<SourceSpec> source =
                stage.find("source").flatMap(Cursor::fields).flatMap(this::source);
        List<InputSpec> inputs = stage.find("inputs").map(this::inputs).orElse(List.of());
        Optional<ConnectorSpec> sink =
                stage.find("sink").flatMap(Cursor::fields).flatMap(this::sink);
        List<StepSpec> read = stage.find("steps").map(this::steps).orElse(List.of());
        boolean sound = problems.count() == before;
        stage.ignore("image", "scale", "template").rejectOthers();
        boolean fed = source.isPresent() || !inputs.isEmpty() || problems.count() == before;
        if (sound && source.isPresent() && !inputs.isEmpty()) {
            problems.add(stage.keyPlace("inputs"), "a stage has a source or inputs, not both");
        }
        return new StageSpec(stage.place(), name, replicas, source, inputs, read, sink, sound && fed);
    }

    private static Located<Integer> replicas(Fields stage) {
        return stage.find("replicas")
                .flatMap(
                        value -> value.integer(1, 1 << 15).map(count -> new Located<>(count.intValue(), value.place())))
                .orElse(new Located<>(1, stage.place().field("replicas")));
    }

    private Optional<SourceSpec> source(Fields source) {
        Optional<SourceSpec.Time> eventTime =
                source.find("eventTime").flatMap(Cursor::fields).flatMap(StageReader::eventTime);
        OptionalLong rate = source.find("rate")
                .flatMap(value -> value.integer(1, Long.MAX_VALUE))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        boolean told = source.has("onError");
        Located<OnError> onError = onError(source);
        return connector(source, connectors.sources(), "source")
                .map(connector -> new SourceSpec(
                        source.place(), connector, eventTime, rate, told ? onError : onError(connector.options())));
    }

    private Optional<ConnectorSpec> sink(Fields sink) {
        return connector(sink, connectors.sinks(), "sink");
    }

    private static Optional<ConnectorSpec> connector(Fields fields, Set<String> types, String what) {
        int before = fields.mapping().problems().count();
        List<String> named = types.stream().filter(fields::has).toList();
        fields.rejectOthers("neither a field of a " + what + " nor one of the installed " + what + "s");
        if (named.size() > 1) {
            fields.mapping().problem("a " + what + " is one of " + String.join(", ", types) + ", not several");
        } else if (named.isEmpty() && fields.mapping().problems().count() == before) {
            fields.mapping().problem("a " + what + " is one of " + String.join(", ", types));
        }
        if (named.size() != 1) {
            return Optional.empty();
        }
        String type = named.getFirst();
        Cursor options = fields.all().get(type);
        return options == null
                ? Optional.empty()
                : (options.isNull() ? Optional.of(Fields.none(options)) : options.fields())
                        .map(read -> new ConnectorSpec(new Located<>(type, fields.keyPlace(type)), read));
    }

    private static Optional<SourceSpec.Time> eventTime(Fields fields) {
        Optional<Located<String>> field = fields.require("field").flatMap(Cursor::locatedText);
        var outOfOrderness =
                fields.find("maxOutOfOrderness").flatMap(Quantities::duration).orElse(Duration.ZERO);
        var idleTimeout = fields.find("idleTimeout").flatMap(Quantities::positiveDuration);
        fields.rejectOthers();
        return field.map(name -> new SourceSpec.Time(name, outOfOrderness, idleTimeout));
    }

    /** The policy of a step or source; people write a source's beside its connector or among the connector's options. */
    static Located<OnError> onError(Fields fields) {
        return fields.find("onError")
                .flatMap(value -> value.oneOf(Words.ON_ERROR).map(policy -> new Located<>(policy, value.place())))
                .orElse(new Located<>(OnError.FAIL, fields.place()));
    }

    private List<InputSpec> inputs(Cursor list) {
        List<InputSpec> inputs = new ArrayList<>();
        for (Cursor item : list.items()) {
            item.fields().flatMap(this::input).ifPresent(inputs::add);
        }
        return inputs;
    }

    private Optional<InputSpec> input(Fields fields) {
        Optional<Located<String>> from = fields.require("from").flatMap(Cursor::locatedText);
        Optional<InputSpec.Distribution> keyBy = fields.find("keyBy").flatMap(StageReader::keyBy);
        Optional<InputSpec.Distribution> partition = fields.find("partition")
                .flatMap(value -> value.oneOf(PARTITIONS).map(make -> make.apply(value.place())));
        Optional<ConnectorSpec> durable = fields.find("durable")
                .flatMap(Cursor::fields)
                .flatMap(edge -> connector(edge, connectors.edges(), "durable edge"));
        fields.rejectOthers();
        if (fields.has("keyBy") && fields.has("partition")) {
            fields.mapping().problems().add(fields.keyPlace("partition"), "an input has keyBy or partition, not both");
        }
        InputSpec.Distribution distribution = keyBy.or(() -> partition).orElse(new InputSpec.Rebalance(fields.place()));
        return from.map(stage -> new InputSpec(stage, distribution, durable));
    }

    private static Optional<InputSpec.Distribution> keyBy(Cursor cursor) {
        List<Located<String>> fields = names(cursor);
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new InputSpec.KeyBy(cursor.place(), List.copyOf(fields)));
    }

    /** A list of distinct names, at least one. */
    static List<Located<String>> names(Cursor cursor) {
        List<Located<String>> names = new ArrayList<>();
        Problems problems = cursor.problems();
        int before = problems.count();
        for (Cursor item : cursor.items()) {
            item.locatedText().ifPresent(name -> {
                if (names.stream().anyMatch(known -> known.value().equals(name.value()))) {
                    item.problem("is in this list twice");
                } else {
                    names.add(name);
                }
            });
        }
        if (names.isEmpty() && problems.count() == before) {
            problems.add(cursor.place(), "needs at least one field");
        }
        return names;
    }

    private List<StepSpec> steps(Cursor list) {
        return list.items().stream()
                .flatMap(item -> item.fields().flatMap(steps::read).stream())
                .toList();
    }

    private static Map<String, Function<Place, InputSpec.Distribution>> partitions() {
        Map<String, Function<Place, InputSpec.Distribution>> words = new LinkedHashMap<>();
        words.put("forward", InputSpec.Forward::new);
        words.put("rebalance", InputSpec.Rebalance::new);
        words.put("broadcast", InputSpec.Broadcast::new);
        return words;
    }
}
