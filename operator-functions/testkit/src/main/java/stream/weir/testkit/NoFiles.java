package stream.weir.testkit;

import java.io.InputStream;
import java.nio.file.Path;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.StateFiles;

/** Snapshots here are held in their handles, so nothing is ever stored in files. */
record NoFiles() implements StateFiles {
    @Override
    public StoredObject store(Path file) {
        throw none();
    }

    @Override
    public StoredObject store(byte[] content) {
        throw none();
    }

    @Override
    public InputStream open(StoredObject object) {
        throw none();
    }

    @Override
    public void fetch(StoredObject object, Path target) {
        throw none();
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("the test kit keeps snapshots in memory");
    }
}
