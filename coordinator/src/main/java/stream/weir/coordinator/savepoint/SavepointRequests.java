package stream.weir.coordinator.savepoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import stream.weir.coordinator.store.SnapshotPlace;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StoredObject;

/**
 * Savepoints that somebody asked a running job for. Each waits for a checkpoint that starts after it was asked for, and is then
 * copied; both are tried again a bounded number of times. Pure: what is to be done is told to {@link Actions}.
 *
 * <pre>
 *   waiting ──triggered──► taken with checkpoint n ──complete──► copying ──► made
 *      ▲                          │                              │   ▲
 *      └──────────failed──────────┘                              └───┘ failed
 * </pre>
 */
public final class SavepointRequests {
    /** How often a checkpoint is taken for it, and how often it is copied, before it is given up. */
    public static final int ATTEMPTS = 5;

    private final Actions actions;
    private final Map<String, Integer> waiting = new LinkedHashMap<>();
    private final Map<Long, Map<String, Integer>> taken = new HashMap<>();
    private final Map<String, Copying> copying = new LinkedHashMap<>();
    private boolean over;

    /** What has to be done. */
    public interface Actions {
        /** Take a checkpoint of kind {@link CheckpointKind#SAVEPOINT} as soon as may be. */
        void takeCheckpoint();

        /** Copy, elsewhere, and tell {@link #copied} or {@link #copyFailed}; after a pause where it is not the first attempt. */
        void copy(String name, Manifest checkpoint, int attempt);

        void made(String name, Manifest checkpoint);

        void failed(String name, String why);
    }

    private record Copying(Manifest checkpoint, int attempt) {}

    public SavepointRequests(Actions actions) {
        this.actions = actions;
    }

    /** Without effect where one of that name is being made. */
    public void request(String name) {
        if (Savepoints.problemWith(name).isPresent()) {
            actions.failed(name, Savepoints.problemWith(name).get());
        } else if (over) {
            actions.failed(name, "the job does not run");
        } else if (!isKnown(name)) {
            waiting.put(name, 1);
            actions.takeCheckpoint();
        }
    }

    /** A checkpoint starts. A periodic one may have been due before anybody asked, so it does not count. */
    public void triggered(long checkpoint, CheckpointKind kind) {
        if (kind != CheckpointKind.PERIODIC && !waiting.isEmpty()) {
            taken.put(checkpoint, new LinkedHashMap<>(waiting));
            waiting.clear();
        }
    }

    public void completed(Manifest checkpoint) {
        Map<String, Integer> names = taken.remove(checkpoint.checkpoint());
        if (names != null) {
            names.keySet().forEach(name -> {
                copying.put(name, new Copying(checkpoint, 1));
                actions.copy(name, checkpoint, 1);
            });
        }
    }

    /** The checkpoint did not come about. */
    public void aborted(long checkpoint, String why) {
        Map<String, Integer> names = taken.remove(checkpoint);
        if (names == null) {
            return;
        }
        names.forEach((name, attempt) -> {
            if (attempt < ATTEMPTS) {
                waiting.put(name, attempt + 1);
            } else {
                actions.failed(name, ATTEMPTS + " checkpoints failed, at last checkpoint " + checkpoint + ": " + why);
            }
        });
        running();
    }

    /** The job runs, perhaps again: what was asked for while it did not is asked for now. */
    public void running() {
        if (!waiting.isEmpty()) {
            actions.takeCheckpoint();
        }
    }

    /** The job is over: no checkpoint comes any more. What is being copied goes on. */
    public void ended() {
        end("the job ended before a checkpoint was complete");
    }

    /** The job does not begin. */
    public void refused(String why) {
        end("the job did not start: " + why);
    }

    /** Whether what is asked for fails at once. */
    public boolean isOver() {
        return over;
    }

    private void end(String why) {
        over = true;
        List<String> names = new ArrayList<>(waiting.keySet());
        taken.values().forEach(each -> names.addAll(each.keySet()));
        waiting.clear();
        taken.clear();
        names.forEach(name -> actions.failed(name, why));
    }

    public void copied(String name, Savepoints.Made made) {
        Copying done = copying.remove(name);
        if (done == null) {
            return;
        }
        switch (made) {
            case DONE -> actions.made(name, done.checkpoint);
            case NAME_TAKEN -> actions.failed(name, "there is another savepoint of this name, which was not touched");
        }
    }

    public void copyFailed(String name, String why) {
        Copying failed = copying.get(name);
        if (failed == null) {
            return;
        }
        if (failed.attempt < ATTEMPTS) {
            Copying again = new Copying(failed.checkpoint, failed.attempt + 1);
            copying.put(name, again);
            actions.copy(name, again.checkpoint, again.attempt);
        } else {
            copying.remove(name);
            actions.failed(
                    name,
                    ATTEMPTS + " attempts to copy checkpoint " + failed.checkpoint.checkpoint() + " failed, at last: "
                            + why);
        }
    }

    /** Whether one waits for a checkpoint. */
    public boolean isWaiting() {
        return !waiting.isEmpty() || !taken.isEmpty();
    }

    public boolean isCopying() {
        return !copying.isEmpty();
    }

    /** Objects that must not be deleted: {@code others}, what is being copied, and the copies. */
    public Set<String> with(Set<String> others) {
        Set<String> all = new HashSet<>(others);
        copying.forEach((name, each) -> each.checkpoint
                .objects()
                .map(StoredObject::name)
                .forEach(object -> {
                    all.add(object);
                    all.add(new SnapshotPlace.Savepoint(name).folder() + object);
                }));
        return Set.copyOf(all);
    }

    private boolean isKnown(String name) {
        return waiting.containsKey(name)
                || copying.containsKey(name)
                || taken.values().stream().anyMatch(names -> names.containsKey(name));
    }
}
