package stream.weir.console.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the newest view to all who look. Nobody is waited for: who is slow misses views in between, as each is whole. Any thread.
 */
final class Feed {
    private static final int MOST_LOOKING = 64;

    private final Supplier<String> view;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private volatile byte @Nullable [] last;

    /** @param view the job as JSON, without line breaks */
    Feed(Supplier<String> view) {
        this.view = view;
    }

    /** One who looks. */
    final class Viewer implements AutoCloseable {
        private final BlockingQueue<byte[]> newest = new ArrayBlockingQueue<>(1);

        /** The next view; empty when none came within that time. */
        Optional<byte[]> next(long seconds) throws InterruptedException {
            return Optional.ofNullable(newest.poll(seconds, TimeUnit.SECONDS));
        }

        private void show(byte[] event) {
            while (!newest.offer(event)) {
                newest.poll();
            }
        }

        @Override
        public void close() {
            viewers.remove(this);
        }
    }

    /** Empty when too many look already. */
    Optional<Viewer> look() {
        if (viewers.size() >= MOST_LOOKING) {
            return Optional.empty();
        }
        Viewer viewer = new Viewer();
        viewer.show(event());
        viewers.add(viewer);
        return Optional.of(viewer);
    }

    /** Shows the present view to all, if it is not what they have seen; costs nothing while nobody looks. */
    void show() {
        if (!viewers.isEmpty()) {
            byte[] event = event();
            byte[] before = last;
            if (!Arrays.equals(event, before)) {
                last = event;
                viewers.forEach(viewer -> viewer.show(event));
            }
        }
    }

    private byte[] event() {
        return ("event: view\ndata: " + view.get() + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
