package stream.weir.cli;

import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;

/** A pipeline's folder, opened. */
record CheckpointFolder(ObjectStore objects, String pipeline) implements AutoCloseable {
    static CheckpointFolder open(Stores.Place place) throws StoreException {
        return new CheckpointFolder(Stores.open(place), place.pipeline());
    }

    CheckpointStore checkpoints() {
        return CheckpointStore.of(objects, pipeline);
    }

    Savepoints savepoints() {
        return Savepoints.in(objects);
    }

    @Override
    public void close() {
        objects.close();
    }
}
