package stream.weir.store.open;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.ObjectStore.Versioned;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;

/**
 * Finds out before the first checkpoint whether a store can be used: with these credentials objects are created, read, listed and
 * deleted, and of several that create or replace one object at most one succeeds. Without that, two coordinators could both lead.
 */
public final class StoreProbe {
    private static final String FOLDER = "probe/";
    private static final int CONTENDERS = 4;
    private static final int MAX_BYTES = 1024;
    private static final long LEFT_BEHIND_MILLIS = 3_600_000;

    private final ObjectStore store;
    private final Executor executor;
    private final String once;
    private final String contended;

    private StoreProbe(ObjectStore store, Executor executor, String nonce) {
        this.store = store;
        this.executor = executor;
        this.once = FOLDER + nonce + "-once";
        this.contended = FOLDER + nonce + "-contended";
    }

    /**
     * Makes some twenty requests below {@code probe/}, and deletes what it wrote, and what probes that were killed left behind.
     *
     * @param executor runs a few requests at once
     * @param nonce a name never used before
     * @throws StoreException with {@link StoreFailure#NO_CONDITIONAL_WRITES}, or the store's own refusal
     */
    public static void check(ObjectStore store, Executor executor, String nonce) throws StoreException {
        StoreProbe probe = new StoreProbe(store, executor, nonce);
        probe.createTwice();
        probe.replaceTwice();
        probe.createAtOnce();
        probe.listAndDelete();
    }

    private void createTwice() throws StoreException {
        byte[] content = bytes("first");
        if (store.create(once, content) != Created.CREATED) {
            throw broken("something was at " + once + ", a name never used before");
        }
        if (store.create(once, bytes("second")) == Created.CREATED) {
            throw broken("it let " + once + " be created twice");
        }
        requireContent(once, content);
    }

    private void replaceTwice() throws StoreException {
        Versioned first =
                store.readVersioned(once, MAX_BYTES).orElseThrow(() -> broken(once + " was created and is gone"));
        byte[] content = bytes("replaced");
        if (store.replace(once, first.version(), content).isEmpty()) {
            throw broken("it refused to replace " + once + ", which nobody else has changed");
        }
        if (store.replace(once, first.version(), bytes("replaced again")).isPresent()) {
            throw broken("it replaced " + once + " although it had changed");
        }
        requireContent(once, content);
    }

    private void createAtOnce() throws StoreException {
        List<CompletableFuture<Created>> answers = new ArrayList<>();
        for (int i = 0; i < CONTENDERS; i++) {
            byte[] content = bytes("contender " + i);
            CompletableFuture<Created> answer = new CompletableFuture<>();
            answers.add(answer);
            executor.execute(() -> {
                try {
                    answer.complete(store.create(contended, content));
                } catch (StoreException | RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < CONTENDERS; i++) {
            if (await(answers.get(i)) == Created.CREATED) {
                winners.add(i);
            }
        }
        if (winners.size() != 1) {
            throw broken("of " + CONTENDERS + " that created " + contended + " at once, " + winners.size()
                    + " were told that they did");
        }
        requireContent(contended, bytes("contender " + winners.getFirst()));
    }

    private static Created await(CompletableFuture<Created> answer) throws StoreException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private void listAndDelete() throws StoreException {
        List<ObjectInfo> listed = store.list(FOLDER);
        Optional<ObjectInfo> own =
                listed.stream().filter(object -> object.name().equals(once)).findFirst();
        if (own.isEmpty()) {
            throw broken(once + " was created, and is not in the list of " + FOLDER);
        }
        long old = own.get().modifiedMillis() - LEFT_BEHIND_MILLIS;
        List<String> done = new ArrayList<>(List.of(once, contended));
        listed.stream()
                .filter(object -> object.modifiedMillis() < old)
                .map(ObjectInfo::name)
                .forEach(done::add);
        store.delete(done);
        if (store.read(once, MAX_BYTES).isPresent()) {
            throw broken(once + " was deleted, and is still there");
        }
    }

    private void requireContent(String name, byte[] expected) throws StoreException {
        Optional<byte[]> found = store.read(name, MAX_BYTES);
        if (found.isEmpty() || !Arrays.equals(found.get(), expected)) {
            throw broken(name + " has other content than the write that was told it succeeded");
        }
    }

    private StoreException broken(String what) {
        StoreFailure failure = StoreFailure.NO_CONDITIONAL_WRITES;
        return new StoreException(
                store.location() + " cannot hold checkpoints: its conditional writes do not hold, " + what + "; "
                        + failure.advice(),
                Outcome.NOT_APPLIED,
                failure);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
