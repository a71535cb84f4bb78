package stream.weir.operator.autoscale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads what a pipeline says under {@code scale}. What it does not say comes from the defaults, which are the operator's. Reads all
 * of it, whatever it finds, so that all problems are known at once.
 */
public final class SettingsReader {
    private static final List<String> KNOWN = List.of(
            "mode",
            "min",
            "max",
            "targetUtilization",
            "tolerance",
            "window",
            "warmUp",
            "scaleUpWindow",
            "scaleDownWindow",
            "scaleUpCooldown",
            "scaleDownCooldown",
            "catchUp",
            "maxScaleUpFactor",
            "maxScaleDownFactor",
            "ineffectiveFor");

    private final String path;
    private final Map<String, ?> fields;
    private final List<ScalingProblem> problems = new ArrayList<>();

    private SettingsReader(String path, Map<String, ?> fields) {
        this.path = path;
        this.fields = fields;
    }

    /** @param settings to be used only if there are no problems */
    public record Read(ScalingSettings settings, List<ScalingProblem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param path of the fields, as {@code spec.stages[2].scale}
     * @param fields as parsed from YAML or JSON: text, numbers
     * @param defaults for what is not among the fields
     * @param maxParallelism key groups of the pipeline
     */
    public static Read read(String path, Map<String, ?> fields, ScalingSettings defaults, int maxParallelism) {
        SettingsReader reader = new SettingsReader(path, fields);
        ScalingSettings settings = reader.settings(defaults);
        List<ScalingProblem> all = reader.problems;
        all.addAll(settings.problems(path, maxParallelism));
        return new Read(settings, all);
    }

    private ScalingSettings settings(ScalingSettings or) {
        fields.keySet().stream()
                .filter(field -> !KNOWN.contains(field))
                .forEach(field -> problem(
                        field,
                        String.valueOf(fields.get(field)),
                        "is not known here; there is " + String.join(", ", new TreeSet<>(KNOWN))));
        return new ScalingSettings(
                read("mode", value -> ScalingMode.of(String.valueOf(value)), "is not one of Auto, Recommend, Off")
                        .orElse(or.mode()),
                count("min", or.min()),
                count("max", Math.max(or.max(), count("min", or.min()))),
                number("targetUtilization", or.targetUtilization()),
                number("tolerance", or.tolerance()),
                duration("window", or.window()),
                duration("warmUp", or.warmUp()),
                duration("scaleUpWindow", or.scaleUpWindow()),
                duration("scaleDownWindow", or.scaleDownWindow()),
                duration("scaleUpCooldown", or.scaleUpCooldown()),
                duration("scaleDownCooldown", or.scaleDownCooldown()),
                duration("catchUp", or.catchUp()),
                number("maxScaleUpFactor", or.maxScaleUpFactor()),
                number("maxScaleDownFactor", or.maxScaleDownFactor()),
                duration("ineffectiveFor", or.ineffectiveFor()));
    }

    private int count(String field, int or) {
        return read(field, SettingsReader::whole, "is not a whole number").orElse(or);
    }

    private double number(String field, double or) {
        return read(
                        field,
                        value -> value instanceof Number n ? Optional.of(n.doubleValue()) : Optional.<Double>empty(),
                        "is not a number")
                .orElse(or);
    }

    private Duration duration(String field, Duration or) {
        return read(field, value -> Durations.of(String.valueOf(value)), "is not a duration as 500ms, 2s, 1m or 24h")
                .orElse(or);
    }

    private <T> Optional<T> read(String field, Function<Object, Optional<T>> reading, String otherwise) {
        Optional<Object> value = Optional.ofNullable(fields.get(field));
        Optional<T> read = value.flatMap(reading);
        if (value.isPresent() && read.isEmpty()) {
            problem(field, String.valueOf(value.get()), otherwise);
        }
        return read;
    }

    private void problem(String field, String value, String why) {
        ScalingProblem found = new ScalingProblem(path + "." + field, value, why);
        if (!problems.contains(found)) {
            problems.add(found);
        }
    }

    private static Optional<Integer> whole(Object value) {
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) <= Integer.MAX_VALUE) {
            return Optional.of(number.intValue());
        }
        return Optional.empty();
    }
}
