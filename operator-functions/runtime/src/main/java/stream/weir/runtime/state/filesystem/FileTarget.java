package stream.weir.runtime.state.filesystem;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateCapture.Stored;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.memory.CaptureTarget;
import stream.weir.runtime.state.memory.TableImage;

/** Writes captures to a local file, entry by entry, and has it stored. The local file is gone afterwards. */
record FileTarget(Scope scope) implements CaptureTarget {
    @Override
    public Stored store(TableImage image, StateFiles files) throws IOException {
        Files.createDirectories(scope.folder());
        Path local = Files.createTempFile(scope.folder(), "capture-", ".tables");
        try {
            TableImage.Written written;
            try (OutputStream out = Files.newOutputStream(local)) {
                written = image.writeTo(out);
            }
            StoredObject object = files.store(local);
            return new Stored(
                    List.of(new StateHandle.TableFile(scope.keyGroups(), object)),
                    object.bytes(),
                    object.bytes(),
                    written.tables());
        } finally {
            Files.deleteIfExists(local);
        }
    }
}
