package stream.weir.verification.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import stream.weir.api.pipeline.CheckpointConfig.Mode;

/**
 * Where sinks write: rows are staged under a transaction, invisible, and become visible with its commit, at once and for good.
 * Holds each commit against the oracle and against what the store's manifests cover.
 */
final class Target {
    private final Oracle oracle;
    private final Mode mode;
    private final Invariants invariants;
    private final Predicate<String> covered;
    private final Map<String, List<Result>> staged = new HashMap<>();
    private final Map<String, List<Result>> committed = new LinkedHashMap<>();
    private final Set<Result.Row> visible = new HashSet<>();

    /** @param covered whether a complete checkpoint names the transaction */
    Target(Oracle oracle, Mode mode, Invariants invariants, Predicate<String> covered) {
        this.oracle = oracle;
        this.mode = mode;
        this.invariants = invariants;
        this.covered = covered;
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
        committed.values().forEach(rows -> rows.forEach(row -> visible.add(row.row())));
    }

    /** To be called when the job is complete. */
    void requireComplete() {
        switch (mode) {
            case EXACTLY_ONCE ->
                invariants.require(visible.size() == oracle.size(), "rows are missing at the end", missing(visible));
            case AT_LEAST_ONCE -> requireNothingLost();
        }
    }

    int rows() {
        return committed.values().stream().mapToInt(List::size).sum();
    }

    private void makeVisible(String transaction, Result row) {
        invariants.require(
                oracle.has(row), "a wrong row is committed by " + transaction, row + ", " + oracle.expectedFor(row));
        invariants.require(visible.add(row.row()), "a row is committed twice, now by " + transaction, row);
    }

    /** Replay may count a record again, but each one has to be counted. */
    private void requireNothingLost() {
        Map<Result.Row, Long> greatest = new HashMap<>();
        committed.values().forEach(rows -> rows.forEach(row -> greatest.merge(row.row(), row.value(), Math::max)));
        for (Result expected : oracle.rows()) {
            Long found = greatest.get(expected.row());
            boolean reached = found != null && (expected.kind() == Result.SUM || found >= expected.value());
            invariants.require(reached, "lost in at-least-once mode", expected + ", found " + found);
        }
    }

    private List<Result> missing(Set<Result.Row> found) {
        List<Result> missing = new ArrayList<>();
        for (Result each : oracle.rows()) {
            if (!found.contains(each.row())) {
                missing.add(each);
            }
        }
        return missing;
    }
}
