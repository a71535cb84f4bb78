package stream.weir.runtime.function;

import org.jspecify.annotations.Nullable;

/**
 * Errors that a user's function sees but has not made: of what is behind it, and of the state it works with. Such an error ends the
 * run whatever the step's policy, and whatever the function does with the exception: it is remembered here, and thrown again when
 * the function returns.
 */
final class OutsideErrors {
    private @Nullable Throwable first;

    void remember(Throwable error) {
        if (first == null) {
            first = error;
        }
    }

    /** Throws the first error, where there was one; to be called after each call of the function. */
    void rethrow() {
        Throwable error = first;
        if (error != null) {
            first = null;
            if (error instanceof Error fatal) {
                throw fatal;
            }
            throw (RuntimeException) error;
        }
    }
}
