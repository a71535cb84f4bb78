package stream.weir.api.connector;

import java.util.Map;
import java.util.Optional;

/** Options of a connector after they were checked and converted; those with a default are always there. */
public final class Options {
    private final Map<String, Object> values;

    /** @param values converted as {@link Option.Kind} says */
    public Options(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * @throws IllegalArgumentException when there is no such value or it is of another class
     */
    public <T> T get(String name, Class<T> type) {
        return find(name, type)
                .orElseThrow(() -> new IllegalArgumentException("no option " + name + " among " + values.keySet()));
    }

    public <T> Optional<T> find(String name, Class<T> type) {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "option " + name + " is a " + value.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return Optional.ofNullable(type.cast(value));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options options && values.equals(options.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
