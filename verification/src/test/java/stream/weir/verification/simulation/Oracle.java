package stream.weir.verification.simulation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/** What the job has to make of its input, computed without any of its parts. */
final class Oracle {
    private final Map<Result.Row, Result> rows;

    private Oracle(Map<Result.Row, Result> rows) {
        this.rows = rows;
    }

    /** @param records of each split */
    static Oracle of(List<Integer> left, List<Integer> right, IntToLongFunction records) {
        Map<Result.Row, Result> rows = new TreeMap<>(Comparator.comparingLong(Result.Row::kind)
                .thenComparingLong(Result.Row::key)
                .thenComparingLong(Result.Row::at));
        left.forEach(split -> sums(split, records, rows));
        Stream.concat(left.stream(), right.stream())
                .flatMap(split -> Readings.all(split, records.applyAsLong(split)))
                .filter(reading -> !reading.isLate())
                .forEach(reading -> count(Result.COUNT, reading.key() % Workload.GROUPS, reading, rows));
        right.stream()
                .flatMap(split -> Readings.all(split, records.applyAsLong(split)))
                .filter(reading -> !reading.isLate())
                .forEach(reading -> count(Result.PUNCTUAL, reading.key(), reading, rows));
        left.stream()
                .flatMap(split -> Readings.all(split, records.applyAsLong(split)))
                .forEach(reading -> balance(reading, Balance.LEFT, rows));
        right.stream()
                .flatMap(split -> Readings.all(split, records.applyAsLong(split)))
                .forEach(reading -> balance(reading, 1, rows));
        return new Oracle(rows);
    }

    private static void balance(Reading reading, long one, Map<Result.Row, Result> rows) {
        if (!reading.isLate()) {
            add(new Result(Result.BALANCE, Balance.keyOf(reading), Readings.windowOf(reading.at()), one), rows);
        }
    }

    private static void sums(int split, IntToLongFunction records, Map<Result.Row, Result> rows) {
        Map<Long, Long> numbers = new HashMap<>();
        Map<Long, Long> sums = new HashMap<>();
        Readings.all(split, records.applyAsLong(split)).forEach(reading -> {
            long number = numbers.merge(reading.key(), 1L, Long::sum);
            long sum = sums.getOrDefault(reading.key(), 0L) * 3 + reading.value();
            sums.put(reading.key(), sum);
            Result result = new Result(Result.SUM, reading.key(), number, sum);
            rows.put(result.row(), result);
        });
    }

    private static void count(long kind, long key, Reading reading, Map<Result.Row, Result> rows) {
        add(new Result(kind, key, Readings.windowOf(reading.at()), 1), rows);
    }

    private static void add(Result some, Map<Result.Row, Result> rows) {
        rows.merge(
                some.row(),
                some,
                (known, more) -> new Result(known.kind(), known.key(), known.at(), known.value() + more.value()));
    }

    /** Whether this is a row of the output. */
    boolean has(Result result) {
        return result.equals(rows.get(result.row()));
    }

    /** Whether there is such a row, with whatever value. */
    String expectedFor(Result result) {
        Result expected = rows.get(result.row());
        return expected == null ? "there is no such row" : "expected is " + expected;
    }

    Iterable<Result> rows() {
        return rows.values();
    }

    int size() {
        return rows.size();
    }
}
