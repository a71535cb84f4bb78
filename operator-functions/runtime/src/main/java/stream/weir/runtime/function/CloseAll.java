package stream.weir.runtime.function;

import java.util.List;

/** Closes many things, whatever happens to some of them. */
public final class CloseAll {
    private CloseAll() {}

    /**
     * Closes each, in order.
     *
     * @throws Exception the first error, which carries the others
     */
    public static void of(List<? extends AutoCloseable> all) throws Exception {
        Exception first = null;
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
