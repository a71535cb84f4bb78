package stream.weir.runtime.function;

import org.jspecify.annotations.Nullable;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Slice;

/** Tells a visitor's errors from those of the table that it visits. */
final class GuardedVisit implements EntryVisitor {
    private final EntryVisitor visitor;
    private @Nullable Throwable thrown;

    GuardedVisit(EntryVisitor visitor) {
        this.visitor = visitor;
    }

    @Override
    public boolean visit(Slice key, Slice value) {
        try {
            return visitor.visit(key, value);
        } catch (RuntimeException | Error e) {
            thrown = e;
            throw e;
        }
    }

    boolean threw(Throwable error) {
        return thrown == error;
    }
}
