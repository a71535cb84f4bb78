package stream.weir.definition.yaml;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.definition.problem.Place;
import stream.weir.definition.problem.Problems;

/** The fields of a mapping. Those that were asked for count as known; {@link #rejectOthers} reports the rest. */
public final class Fields {
    private final Cursor mapping;
    private final Map<String, Cursor> values;
    private final Map<String, Place> keys;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Cursor mapping, Map<String, Cursor> values, Map<String, Place> keys) {
        this.mapping = mapping;
        this.values = values;
        this.keys = keys;
    }

    /** No fields at all, for a value that was left empty. */
    public static Fields none(Cursor empty) {
        return new Fields(empty, Map.of(), Map.of());
    }

    /** The mapping itself. */
    public Cursor mapping() {
        return mapping;
    }

    public Place place() {
        return mapping.place();
    }

    /** The value of a field that may be missing; an empty value ({@code name:}) counts as missing. */
    public Optional<Cursor> find(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
    }

    /** The value of a field that must be there. */
    public Optional<Cursor> require(String name) {
        Optional<Cursor> value = find(name);
        if (value.isEmpty()) {
            Place place = keys.containsKey(name) ? keyPlace(name) : place().field(name);
            problems().add(place, "is required");
        }
        return value;
    }

    /** Whether the field is there, be it empty. */
    public boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    /** Fields that are somebody else's business. */
    public Fields ignore(String... names) {
        known.addAll(Set.of(names));
        return this;
    }

    /** All fields in the order of the file, known or not. */
    public Map<String, Cursor> all() {
        return new LinkedHashMap<>(values);
    }

    /** Where the name of a field stands. */
    public Place keyPlace(String name) {
        return keys.getOrDefault(name, place().field(name));
    }

    /** Reports the fields that nobody asked for. */
    public void rejectOthers() {
        rejectOthers("no such field");
    }

    /** As {@link #rejectOthers()}, in words of the caller's own. */
    public void rejectOthers(String reason) {
        Set<String> missing = new LinkedHashSet<>(known);
        missing.removeAll(values.keySet());
        values.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> problems()
                .addUnknown(keyPlace(name), name, reason, missing.isEmpty() ? known : missing));
    }

    Problems problems() {
        return mapping.problems();
    }
}
