package stream.weir.cli.answer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A value as JSON knows it. Reading is lenient: what is not there, or of another type, is nothing, empty or 0. */
public sealed interface Value {
    Value NOTHING = new Nothing();

    record Nothing() implements Value {}

    record Text(String content) implements Value {}

    record Whole(long number) implements Value {}

    record Real(double number) implements Value {}

    record Flag(boolean isSet) implements Value {}

    record Items(List<Value> all) implements Value {
        public Items {
            all = List.copyOf(all);
        }
    }

    /** In the order in which they were added. */
    record Fields(Map<String, Value> all) implements Value {
        public Fields {
            all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
        }
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Whole(number);
    }

    static Value of(double number) {
        return new Real(number);
    }

    static Value of(boolean flag) {
        return new Flag(flag);
    }

    static <T> Value of(List<T> all, Function<? super T, Value> each) {
        return new Items(all.stream().map(each).toList());
    }

    static Builder fields() {
        return new Builder();
    }

    /** The field of that name. */
    default Value at(String field) {
        return this instanceof Fields(Map<String, Value> all) ? all.getOrDefault(field, NOTHING) : NOTHING;
    }

    default List<Value> items() {
        return this instanceof Items(List<Value> all) ? all : List.of();
    }

    default Map<String, Value> entries() {
        return this instanceof Fields(Map<String, Value> all) ? all : Map.of();
    }

    /** Scalars as text; empty for anything else. */
    default String text() {
        return switch (this) {
            case Text(String content) -> content;
            case Whole(long number) -> Long.toString(number);
            case Real(double number) -> Double.toString(number);
            case Flag(boolean set) -> Boolean.toString(set);
            case Nothing _, Items _, Fields _ -> "";
        };
    }

    default long whole() {
        return switch (this) {
            case Whole(long number) -> number;
            case Real(double number) -> (long) number;
            default -> 0;
        };
    }

    default double real() {
        return switch (this) {
            case Whole(long number) -> number;
            case Real(double number) -> number;
            default -> 0;
        };
    }

    default boolean isSet() {
        return this instanceof Flag(boolean set) && set;
    }

    default boolean isThere() {
        return !(this instanceof Nothing);
    }

    default Optional<Value> found() {
        return isThere() ? Optional.of(this) : Optional.empty();
    }

    /** Collects fields. */
    final class Builder {
        private final Map<String, Value> all = new LinkedHashMap<>();

        private Builder() {}

        public Builder with(String name, Value value) {
            all.put(name, value);
            return this;
        }

        public Builder with(String name, String text) {
            return with(name, of(text));
        }

        public Builder with(String name, long number) {
            return with(name, of(number));
        }

        public Value build() {
            return new Fields(all);
        }
    }
}
