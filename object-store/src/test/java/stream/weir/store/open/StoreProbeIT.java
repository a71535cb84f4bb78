package stream.weir.store.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.StoreException;
import stream.weir.store.StoreFailure;
import stream.weir.store.directory.DirectoryStore;

final class StoreProbeIT {
    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void when_conditional_writes_hold_then_the_store_passes_and_nothing_is_left() throws Exception {
        ObjectStore store = DirectoryStore.open(folder);

        StoreProbe.check(store, threads, "nonce");

        assertThat(store.list("")).isEmpty();
    }

    @Test
    void when_creates_overwrite_then_refused() throws Exception {
        refused("create", "created twice");
    }

    @Test
    void when_replacements_ignore_versions_then_refused() throws Exception {
        refused("replace", "although it had changed");
    }

    /** A store whose condition is dropped on the way, as by one that does not know the header. */
    private void refused(String unconditional, String why) throws StoreException {
        ObjectStore store = DirectoryStore.open(folder);
        ObjectStore careless = (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(unconditional)) {
                        store.upload((String) arguments[0], (byte[]) arguments[arguments.length - 1]);
                        return unconditional.equals("create") ? Created.CREATED : Optional.of("any");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });

        assertThatThrownBy(() -> StoreProbe.check(careless, threads, "nonce"))
                .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.failure())
                        .isEqualTo(StoreFailure.NO_CONDITIONAL_WRITES))
                .hasMessageContainingAll(why, store.location(), "two coordinators could both lead");
    }
}
