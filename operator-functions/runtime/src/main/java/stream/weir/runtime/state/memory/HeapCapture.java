package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFiles;

/** The image of a backend's tables, shared with them until it is stored or discarded. */
final class HeapCapture implements StateCapture {
    private final String backend;
    private final long checkpoint;
    private final AtomicReference<@Nullable TableImage> image;
    private final CaptureTarget target;
    private final OpenCaptures captures;
    private final Runnable release;

    HeapCapture(
            String backend,
            long checkpoint,
            TableImage image,
            CaptureTarget target,
            OpenCaptures captures,
            Runnable release) {
        this.backend = backend;
        this.checkpoint = checkpoint;
        this.image = new AtomicReference<>(image);
        this.target = target;
        this.captures = captures;
        this.release = release;
    }

    @Override
    public Stored store(StateFiles files) throws IOException {
        captures.begin();
        try {
            return target.store(take(), files);
        } finally {
            release.run();
            captures.end();
        }
    }

    @Override
    public void discard() {
        take();
        release.run();
    }

    private TableImage take() {
        TableImage taken = image.getAndSet(null);
        if (taken == null) {
            throw new IllegalStateException("the capture of " + backend + " for checkpoint " + checkpoint
                    + " is over: it is stored or discarded once");
        }
        return taken;
    }
}
