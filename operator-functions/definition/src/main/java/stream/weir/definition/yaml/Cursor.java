package stream.weir.definition.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Place;
import stream.weir.definition.problem.Problems;

/** One value of the document. Its readers yield the value in the form asked for, or add a problem and yield nothing. */
public final class Cursor {
    private final Node node;
    private final String path;
    private final Source source;
    private final Problems problems;

    Cursor(Node node, String path, Source source, Problems problems) {
        this.node = node;
        this.path = path;
        this.source = source;
        this.problems = problems;
    }

    public Problems problems() {
        return problems;
    }

    public Place place() {
        return placeOf(node, path);
    }

    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isSequence() {
        return node instanceof SequenceNode;
    }

    /** The spelling of a scalar, whatever its type. */
    public Optional<String> scalar() {
        if (node instanceof ScalarNode scalar && !isNull()) {
            return Optional.of(scalar.getValue());
        }
        return reject("text");
    }

    /** A text without line breaks that is not empty. */
    public Optional<String> text() {
        Optional<String> text = scalar();
        if (text.isPresent() && text.get().isBlank()) {
            problem("must not be empty");
            return Optional.empty();
        }
        return text;
    }

    public Optional<Located<String>> locatedText() {
        return text().map(text -> new Located<>(text, place()));
    }

    /** A whole number within bounds, both included. */
    public Optional<Long> integer(long least, long most) {
        if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.INT)) {
            return reject("a whole number");
        }
        BigInteger value = number(scalar.getValue());
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            problem(most == Long.MAX_VALUE ? "must be at least " + least : "must be from " + least + " to " + most);
            return Optional.empty();
        }
        return Optional.of(value.longValueExact());
    }

    public Optional<Double> decimal() {
        if (node instanceof ScalarNode scalar
                && (node.getTag().equals(Tag.FLOAT) || node.getTag().equals(Tag.INT))) {
            try {
                return Optional.of(Double.valueOf(scalar.getValue().replace("_", "")));
            } catch (NumberFormatException e) {
                return reject("a number");
            }
        }
        return reject("a number");
    }

    public Optional<Boolean> bool() {
        return node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)
                ? Optional.of(Boolean.valueOf(scalar.getValue()))
                : reject("true or false");
    }

    /** One of several words. */
    public <T> Optional<T> oneOf(Map<String, T> words) {
        Optional<String> word = scalar();
        if (word.isPresent() && !words.containsKey(word.get())) {
            problems.addMisspelled(place(), word.get(), "must be " + alternatives(words.keySet()), words.keySet());
            return Optional.empty();
        }
        return word.map(words::get);
    }

    /** The elements of a sequence. */
    public List<Cursor> items() {
        if (!(node instanceof SequenceNode sequence)) {
            reject("a list");
            return List.of();
        }
        List<Cursor> items = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            items.add(new Cursor(element, path + "[" + items.size() + "]", source, problems));
        }
        return items;
    }

    /** The fields of a mapping. A field that is there twice is a problem; its first value counts. */
    public Optional<Fields> fields() {
        if (!(node instanceof MappingNode mapping)) {
            return reject("a mapping");
        }
        Map<String, Cursor> values = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(placeOf(tuple.getKeyNode(), path), "a field's name must be text");
                continue;
            }
            String name = key.getValue();
            String fieldPath = path.isEmpty() ? name : path + "." + name;
            Place keyPlace = placeOf(key, fieldPath);
            if (keys.containsKey(name)) {
                problems.add(
                        keyPlace,
                        name,
                        "this field is there twice, first in line "
                                + keys.get(name).line());
            } else {
                keys.put(name, keyPlace);
                values.put(name, new Cursor(tuple.getValueNode(), fieldPath, source, problems));
            }
        }
        return Optional.of(new Fields(this, values, keys));
    }

    /** Adds a problem with this value. */
    public void problem(String reason) {
        if (node instanceof ScalarNode scalar) {
            problems.add(place(), scalar.getValue(), reason);
        } else {
            problems.add(place(), reason);
        }
    }

    /** Where a line (from 1) and column (from 0) of this scalar's text stand in the file, as well as that can be told. */
    public Place inText(int line, int column) {
        Place start = place();
        if (!(node instanceof ScalarNode scalar)) {
            return start;
        }
        ScalarStyle style = scalar.getScalarStyle();
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            int at = start.line() + line;
            return new Place(at, source.indentation(at) + column + 1, path);
        }
        int quote = style == ScalarStyle.PLAIN ? 0 : 1;
        return line == 1 ? start.moved(0, quote + column) : start;
    }

    /** This value as lists, maps in the order of the file, strings, longs, doubles and booleans; nulls are left out. */
    public Optional<Object> plain() {
        if (node instanceof MappingNode) {
            Map<String, Object> map = new LinkedHashMap<>();
            fields().ifPresent(fields ->
                    fields.all().forEach((name, value) -> value.plain().ifPresent(plain -> map.put(name, plain))));
            return Optional.of(Collections.unmodifiableMap(map));
        }
        if (node instanceof SequenceNode) {
            return Optional.of(
                    items().stream().flatMap(item -> item.plain().stream()).toList());
        }
        if (isNull()) {
            return Optional.empty();
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.INT)) {
            return integer(Long.MIN_VALUE, Long.MAX_VALUE).map(Object.class::cast);
        }
        if (tag.equals(Tag.FLOAT)) {
            return decimal().map(Object.class::cast);
        }
        return tag.equals(Tag.BOOL) ? bool().map(Object.class::cast) : scalar().map(Object.class::cast);
    }

    private <T> Optional<T> reject(String expected) {
        problem("must be " + expected + (node instanceof ScalarNode ? "" : ", not " + kind()));
        return Optional.empty();
    }

    private String kind() {
        return node instanceof MappingNode ? "a mapping" : "a list";
    }

    private static BigInteger number(String spelled) {
        boolean hex = spelled.startsWith("0x");
        boolean octal = spelled.startsWith("0o");
        return new BigInteger(hex || octal ? spelled.substring(2) : spelled, hex ? 16 : octal ? 8 : 10);
    }

    private static String alternatives(Iterable<String> words) {
        return String.join(" or ", words);
    }

    private static Place placeOf(Node node, String path) {
        Place place = YamlDocument.placeOf(node.getStartMark());
        return new Place(place.line(), place.column(), path);
    }
}
