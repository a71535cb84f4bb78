package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateCapture.Stored;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.StateTooLargeException;

/** Puts captures into the manifest, up to a limit. */
record InlineTarget(Scope scope, long limitBytes) implements CaptureTarget {
    @Override
    public Stored store(TableImage image, StateFiles files) throws IOException {
        Limited content = new Limited(limitBytes);
        TableImage.Written written = image.writeTo(content);
        long bytes = written.bytes();
        if (bytes > limitBytes) {
            throw new StateTooLargeException(
                    String.format(
                            "the state of %s is %,d bytes, the Memory backend keeps at most %,d bytes in the manifest:"
                                    + " set spec.state.backend to Filesystem or RocksDB",
                            scope.name(), bytes, limitBytes),
                    bytes,
                    limitBytes);
        }
        return new Stored(
                List.of(new StateHandle.Inline(scope.keyGroups(), content.kept())), bytes, bytes, written.tables());
    }

    /** Keeps nothing once the limit is exceeded, so that the size alone becomes known. */
    private static final class Limited extends OutputStream {
        private final ByteWriter kept = new ByteWriter();
        private final long limit;
        private long size;

        Limited(long limit) {
            this.limit = limit;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            size += length;
            if (size <= limit) {
                kept.writeBytes(bytes, offset, length);
            } else {
                kept.reset();
            }
        }

        byte[] kept() {
            return kept.toByteArray();
        }
    }
}
