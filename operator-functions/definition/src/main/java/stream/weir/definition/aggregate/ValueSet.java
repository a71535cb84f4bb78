package stream.weir.definition.aggregate;

import java.util.Arrays;
import java.util.List;

/** An immutable ordered set in an array: small to write, quick to read back, which happens more often than growing. */
final class ValueSet {
    static final ValueSet EMPTY = new ValueSet(new Object[0]);

    private final Object[] values;

    private ValueSet(Object[] values) {
        this.values = values;
    }

    /** @param values ascending, without duplicates; not copied */
    static ValueSet owning(Object[] values) {
        return values.length == 0 ? EMPTY : new ValueSet(values);
    }

    int size() {
        return values.length;
    }

    boolean isEmpty() {
        return values.length == 0;
    }

    /** In ascending order. */
    List<Object> values() {
        return List.of(values);
    }

    /** The set with {@code value} in it; this one where it is in it already. */
    ValueSet with(Object value) {
        int position = Arrays.binarySearch(values, value, ValueOrder::compare);
        if (position >= 0) {
            return this;
        }
        int at = -position - 1;
        Object[] longer = Arrays.copyOf(values, values.length + 1);
        System.arraycopy(values, at, longer, at + 1, values.length - at);
        longer[at] = value;
        return new ValueSet(longer);
    }

    ValueSet with(ValueSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        Object[] merged = new Object[values.length + other.values.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < values.length || j < other.values.length) {
            int order = i == values.length
                    ? 1
                    : j == other.values.length ? -1 : ValueOrder.compare(values[i], other.values[j]);
            merged[size++] = order <= 0 ? values[i] : other.values[j];
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return new ValueSet(Arrays.copyOf(merged, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueSet set && Arrays.equals(values, set.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
