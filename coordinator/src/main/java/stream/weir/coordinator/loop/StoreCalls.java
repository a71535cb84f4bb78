package stream.weir.coordinator.loop;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.checkpoint.StoreResult;

/** Makes calls at the store elsewhere, and always has a result. */
final class StoreCalls {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCalls.class);

    private final Executor executor;
    private final BooleanSupplier closed;

    /** @param closed whether nobody wants to know any more */
    StoreCalls(Executor executor, BooleanSupplier closed) {
        this.executor = executor;
        this.closed = closed;
    }

    /** @param result on any thread */
    void make(Supplier<StoreResult> request, Consumer<StoreResult> result) {
        executor.execute(() -> {
            if (closed.getAsBoolean()) {
                return;
            }
            StoreResult known;
            try {
                known = request.get();
            } catch (RuntimeException | Error e) {
                LOG.error("a store call failed in a way it must not", e);
                known = new StoreResult.Unknown(e.toString());
            }
            result.accept(known);
        });
    }
}
