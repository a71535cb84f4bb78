package stream.weir.coordinator.election;

import java.util.Optional;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.StoreException;

/** Keeps the lease as an object in the pipeline's folder. */
public final class StoreRegister implements LeaseRegister {
    /** Below the pipeline's folder. */
    public static final String NAME = "lease";

    private static final int MAX_BYTES = 4_096;

    private final ObjectStore store;

    /** @param store the pipeline's own folder */
    public StoreRegister(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Optional<Entry> read() throws LeaseException {
        try {
            return store.readVersioned(NAME, MAX_BYTES)
                    .map(found -> new Entry(found.version(), LeaseDocument.of(found.content())));
        } catch (StoreException e) {
            throw failed(e);
        }
    }

    @Override
    public void create(LeaseDocument document) throws LeaseException {
        try {
            Created created = store.create(NAME, document.bytes());
            assert created != null;
        } catch (StoreException e) {
            throw failed(e);
        }
    }

    @Override
    public Optional<String> replace(String version, LeaseDocument document) throws LeaseException {
        try {
            return store.replace(NAME, version, document.bytes());
        } catch (StoreException e) {
            throw failed(e);
        }
    }

    private static LeaseException failed(StoreException error) {
        return new LeaseException(String.valueOf(error.getMessage()), error);
    }
}
