package stream.weir.verification.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import stream.weir.api.pipeline.CheckpointConfig.Mode;

/**
 * Where sinks write: rows are staged under a transaction, invisible, and become visible with its commit, at once and for good.
 * Holds each commit against the oracle and against what the store's manifests cover.
 */
final class Target {
    private final Mode mode;
    private final Invariants invariants;
    private final Predicate<String> covered;
    private final Map<String, List<Result>> staged = new HashMap<>();
    private final Map<String, List<Result>> committed = new LinkedHashMap<>();
    private final Map<Result.Row, Result> visible = new HashMap<>();
    private Optional<Oracle> oracle = Optional.empty();

    /** @param covered whether a complete checkpoint names the transaction */
    Target(Mode mode, Invariants invariants, Predicate<String> covered) {
        this.mode = mode;
        this.invariants = invariants;
        this.covered = covered;
    }

    /** What the output is to be; rows are held against it from here on, and those that are there already. */
    void expect(Oracle known) {
        oracle = Optional.of(known);
        if (mode == Mode.EXACTLY_ONCE) {
            visible.values().forEach(row -> requireRight("what was committed before", row));
        }
    }

    void stage(String transaction, List<Result> rows) {
        invariants.require(!staged.containsKey(transaction), "a transaction is staged twice", transaction);
        staged.put(transaction, List.copyOf(rows));
    }

    void commit(String transaction) {
        invariants.require(covered.test(transaction), "committed before its manifest", transaction);
        if (committed.containsKey(transaction)) {
            return;
        }
        List<Result> rows = staged.remove(transaction);
        if (rows == null) {
            throw invariants.violated("the rows of a covered transaction are gone: " + transaction);
        }
        committed.put(transaction, rows);
        if (mode == Mode.EXACTLY_ONCE) {
            rows.forEach(row -> makeVisible(transaction, row));
        }
    }

    /** Drops what is staged and satisfies the predicate. */
    void drop(Predicate<String> transactions) {
        staged.keySet().removeIf(transactions);
    }

    /** Takes back what was committed beyond what the predicate covers, as somebody does who restores an older copy of a table. */
    void goBack(Predicate<String> kept) {
        committed.keySet().removeIf(kept.negate());
        visible.clear();
        committed.values().forEach(rows -> rows.forEach(row -> visible.put(row.row(), row)));
    }

    /** To be called when the job is complete. */
    void requireComplete() {
        Oracle whole = oracle.orElseThrow();
        switch (mode) {
            case EXACTLY_ONCE ->
                invariants.require(visible.size() == whole.size(), "rows are missing at the end", missing(whole));
            case AT_LEAST_ONCE -> requireNothingLost(whole);
        }
    }

    int rows() {
        return committed.values().stream().mapToInt(List::size).sum();
    }

    private void makeVisible(String transaction, Result row) {
        requireRight(transaction, row);
        invariants.require(visible.put(row.row(), row) == null, "a row is committed twice, now by " + transaction, row);
    }

    private void requireRight(String transaction, Result row) {
        oracle.ifPresent(known -> invariants.require(
                known.has(row), "a wrong row is committed by " + transaction, row + ", " + known.expectedFor(row)));
    }

    /** Replay may count a record again, but each one has to be counted. */
    private void requireNothingLost(Oracle whole) {
        Map<Result.Row, Long> greatest = new HashMap<>();
        committed.values().forEach(rows -> rows.forEach(row -> greatest.merge(row.row(), row.value(), Math::max)));
        for (Result expected : whole.rows()) {
            Long found = greatest.get(expected.row());
            boolean reached = found != null && (expected.kind() == Result.SUM || found >= expected.value());
            invariants.require(reached, "lost in at-least-once mode", expected + ", found " + found);
        }
    }

    private List<Result> missing(Oracle whole) {
        List<Result> missing = new ArrayList<>();
        for (Result each : whole.rows()) {
            if (!visible.containsKey(each.row())) {
                missing.add(each);
            }
        }
        return missing;
    }
}
