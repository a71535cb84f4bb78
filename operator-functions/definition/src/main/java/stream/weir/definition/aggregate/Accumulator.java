package stream.weir.definition.aggregate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an aggregate knows about the rows so far. Written to only by the parts, before anybody else sees it. */
public final class Accumulator {
    private static final @Nullable Object[] NO_OBJECTS = {};

    final long[] numbers;
    final @Nullable Object[] objects;

    Accumulator(int numbers, int objects) {
        this(new long[numbers], objects == 0 ? NO_OBJECTS : new Object[objects]);
    }

    private Accumulator(long[] numbers, @Nullable Object[] objects) {
        this.numbers = numbers;
        this.objects = objects;
    }

    Accumulator copy() {
        return new Accumulator(numbers.clone(), objects.length == 0 ? objects : objects.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Accumulator that
                && Arrays.equals(numbers, that.numbers)
                && Arrays.equals(objects, that.objects);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(objects);
    }

    @Override
    public String toString() {
        return Arrays.toString(numbers) + Arrays.toString(objects);
    }
}
