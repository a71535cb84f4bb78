package stream.weir.coordinator.store;

import java.util.List;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;

/** Savepoints that somebody has asked for: {@code wishes/NAME.json}, from then until it is made or given up. */
public final class SavepointWishes {
    private static final String FOLDER = "wishes/";
    private static final String ENDING = ".json";

    private final CheckpointStore store;

    public SavepointWishes(CheckpointStore store) {
        this.store = store;
    }

    /** Notes that somebody has asked for it. */
    public StoreResult put(String savepoint) {
        return store.create(
                name(savepoint), LeadershipJson.write(new LeadershipJson.SavepointWish(store.pipeline(), savepoint)));
    }

    /** Names of those that have not come about. */
    public List<String> names() throws StoreException {
        return store.objects().list(FOLDER).stream()
                .map(ObjectInfo::name)
                .map(name -> name.substring(FOLDER.length(), name.length() - ENDING.length()))
                .toList();
    }

    /** It has come about, or never will. */
    public StoreResult forget(String savepoint) {
        try {
            store.objects().delete(List.of(name(savepoint)));
            return new StoreResult.Durable();
        } catch (StoreException e) {
            return new StoreResult.Unknown(CheckpointStore.describe(e));
        }
    }

    private static String name(String savepoint) {
        return FOLDER + savepoint + ENDING;
    }
}
