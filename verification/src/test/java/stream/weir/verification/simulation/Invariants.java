package stream.weir.verification.simulation;

import java.util.Optional;

/** Remembers the first violation, as it may be thrown where somebody catches it. */
final class Invariants {
    private Optional<Violation> first = Optional.empty();

    void require(boolean holds, String what, Object detail) {
        if (!holds) {
            throw violated(what + ": " + detail);
        }
    }

    Violation violated(String what) {
        Violation violation = new Violation(what);
        if (first.isEmpty()) {
            first = Optional.of(violation);
        }
        return violation;
    }

    /** To be called after each event. */
    void check() {
        if (first.isPresent()) {
            throw first.get();
        }
    }
}
