package stream.weir.connector.generator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;

/**
 * Reads the rules of fields as a pipeline file spells them, and collects what is wrong with them.
 *
 * <pre>
 * {sequence: 0}  {sequence: {from: 0, step: 2}}        an int that counts
 * {random: 1000}  {random: [-5, 5]}                    an int, the upper bound exclusive
 * {randomDouble: [0, 100]}                             a double, the upper bound exclusive
 * {randomBool: 0.3}                                    true with that probability
 * {randomText: 12}  {randomBytes: 16}                  of that length
 * {oneOf: [a, b]}  {constant: a}                       strings, ints, doubles or bools
 * {time: {start: 2024-01-01T00:00:00Z, step: 10ms, jitter: 5s}}
 * </pre>
 *
 * Beside a rule may stand {@code nulls: 0.1}, the share of nulls, and {@code prefix: user-}, which makes a string of the value.
 */
final class RuleReader {
    private static final Set<String> RULES = new TreeSet<>(Set.of(
            "sequence",
            "random",
            "randomDouble",
            "randomBool",
            "randomText",
            "randomBytes",
            "oneOf",
            "constant",
            "time"));
    private static final Set<String> MODIFIERS = Set.of("nulls", "prefix");
    private static final long LONGEST = 1 << 20;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");

    private final List<String> problems = new ArrayList<>();
    private String field = "";

    /** What was wrong, each a whole sentence. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The rules that could be read. */
    Map<String, FieldRule> read(Map<String, Object> fields) {
        Map<String, FieldRule> rules = new LinkedHashMap<>();
        fields.forEach((name, spelled) -> {
            field = name;
            rule(spelled).ifPresent(rule -> rules.put(name, rule));
        });
        if (fields.isEmpty()) {
            problems.add("The generator needs at least one field, for instance fields: {id: {sequence: 0}}.");
        }
        return rules;
    }

    private Optional<FieldRule> rule(Object spelled) {
        if (!(spelled instanceof Map<?, ?> map)) {
            return wrong("needs a rule such as {sequence: 0}; " + spelled + " is none");
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        map.forEach((key, value) -> parts.put(String.valueOf(key), value));
        List<String> rules =
                parts.keySet().stream().filter(key -> !MODIFIERS.contains(key)).toList();
        if (rules.size() != 1 || !RULES.contains(rules.getFirst())) {
            return wrong("needs exactly one rule of " + RULES + ", found " + rules);
        }
        String name = rules.getFirst();
        return rule(name, Objects.requireNonNull(parts.get(name)))
                .flatMap(rule -> prefixed(rule, parts.get("prefix")))
                .flatMap(rule -> withNulls(rule, parts.get("nulls")));
    }

    private Optional<FieldRule> rule(String name, Object value) {
        return switch (name) {
            case "sequence" -> sequence(value);
            case "random" -> random(value);
            case "randomDouble" -> randomDouble(value);
            case "randomBool" ->
                share(value).isPresent()
                        ? Optional.of(new FieldRule.RandomBool(share(value).get()))
                        : wrong("randomBool is the probability of true, from 0 to 1, not " + value);
            case "randomText" -> length(name, value).map(FieldRule.RandomText::new);
            case "randomBytes" -> length(name, value).map(FieldRule.RandomBytes::new);
            case "constant" -> oneOf(List.of(value));
            case "time" -> time(value);
            default -> oneOf(value);
        };
    }

    private Optional<FieldRule> sequence(Object value) {
        if (value instanceof Long from) {
            return Optional.of(new FieldRule.Sequence(from, 1));
        }
        if (value instanceof Map<?, ?> map
                && Set.of("from", "step").containsAll(map.keySet())
                && orElse(map, "from", 0L) instanceof Long from
                && orElse(map, "step", 1L) instanceof Long step) {
            return Optional.of(new FieldRule.Sequence(from, step));
        }
        return wrong("sequence is the first number, or {from: 0, step: 1}, not " + value);
    }

    private Optional<FieldRule> random(Object value) {
        long from = 0;
        Object to = value;
        if (value instanceof List<?> bounds && bounds.size() == 2 && bounds.get(0) instanceof Long first) {
            from = first;
            to = bounds.get(1);
        }
        if (to instanceof Long bound && from < bound) {
            return Optional.of(new FieldRule.RandomInt(from, bound));
        }
        return wrong("random is a bound above 0, or [from, to] with from below to, not " + value);
    }

    private Optional<FieldRule> randomDouble(Object value) {
        if (value instanceof List<?> bounds
                && bounds.size() == 2
                && bounds.get(0) instanceof Number from
                && bounds.get(1) instanceof Number to
                && from.doubleValue() < to.doubleValue()
                && Double.isFinite(to.doubleValue() - from.doubleValue())) {
            return Optional.of(new FieldRule.RandomDouble(from.doubleValue(), to.doubleValue()));
        }
        return wrong("randomDouble is [from, to] with from below to, not " + value);
    }

    private Optional<Integer> length(String rule, Object value) {
        if (value instanceof Long length && length >= 0 && length <= LONGEST) {
            return Optional.of(Math.toIntExact(length));
        }
        return wrong(rule + " is a length from 0 to " + LONGEST + ", not " + value);
    }

    private Optional<FieldRule> oneOf(Object value) {
        if (!(value instanceof List<?> values) || values.isEmpty()) {
            return wrong("oneOf is a list of at least one value, not " + value);
        }
        if (values.stream().allMatch(Number.class::isInstance)
                && values.stream().anyMatch(Double.class::isInstance)) {
            return Optional.of(new FieldRule.OneOf(
                    Primitive.DOUBLE,
                    values.stream()
                            .<Object>map(number -> ((Number) number).doubleValue())
                            .toList()));
        }
        Optional<Schema> type = type(values.getFirst());
        if (type.isEmpty() || values.stream().anyMatch(each -> !type(each).equals(type))) {
            return wrong("the values of oneOf and constant are all strings, all numbers or all bools, not " + value);
        }
        return Optional.of(new FieldRule.OneOf(type.get(), List.copyOf(values)));
    }

    private static Optional<Schema> type(Object value) {
        return switch (value) {
            case String text -> Optional.of(Primitive.STRING);
            case Long number -> Optional.of(Primitive.INT64);
            case Double number -> Optional.of(Primitive.DOUBLE);
            case Boolean bool -> Optional.of(Primitive.BOOL);
            default -> Optional.empty();
        };
    }

    private Optional<FieldRule> time(Object value) {
        if (!(value instanceof Map<?, ?> map)
                || !Set.of("start", "step", "jitter").containsAll(map.keySet())) {
            return wrong("time is {start: 2024-01-01T00:00:00Z, step: 10ms}, and jitter if wanted, not " + value);
        }
        Optional<Instant> start = instant(orElse(map, "start", ""));
        Optional<Duration> step = duration(orElse(map, "step", "0ms"));
        Optional<Duration> jitter = duration(orElse(map, "jitter", "0ms"));
        if (start.isEmpty()) {
            return wrong("time needs a start such as 2024-01-01T00:00:00Z, not " + map.get("start"));
        }
        if (step.isEmpty() || jitter.isEmpty()) {
            return wrong("step and jitter of time are durations such as 10ms or 5s, not " + map.get("step") + " and "
                    + map.get("jitter"));
        }
        return Optional.of(new FieldRule.Time(start.get(), step.get(), jitter.get()));
    }

    private static Object orElse(Map<?, ?> map, String key, Object otherwise) {
        Object value = map.get(key);
        return value == null ? otherwise : value;
    }

    private static Optional<Instant> instant(Object value) {
        try {
            return Optional.of(Instant.parse(value.toString()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> duration(Object value) {
        Matcher matcher = DURATION.matcher(value.toString());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        try {
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private Optional<FieldRule> prefixed(FieldRule rule, @Nullable Object prefix) {
        return Optional.of(prefix == null ? rule : new FieldRule.Prefixed(prefix.toString(), rule));
    }

    private Optional<FieldRule> withNulls(FieldRule rule, @Nullable Object nulls) {
        if (nulls == null) {
            return Optional.of(rule);
        }
        Optional<Double> share = share(nulls);
        return share.isPresent()
                ? Optional.of(new FieldRule.WithNulls(share.get(), rule))
                : wrong("nulls is the share of nulls, from 0 to 1, not " + nulls);
    }

    private static Optional<Double> share(Object value) {
        return value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1
                ? Optional.of(number.doubleValue())
                : Optional.empty();
    }

    private <T> Optional<T> wrong(String why) {
        problems.add("The field " + field + " " + why + ".");
        return Optional.empty();
    }
}
