package stream.weir.coordinator.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;

/** A store in memory that fails as told; its clock moves by one with every object. */
public class TestStore implements ObjectStore {
    /** What a call to create does instead of what it should. */
    public enum Fault {
        NONE,
        REFUSED,
        APPLIED_BUT_UNKNOWN,
        LOST_BUT_UNKNOWN
    }

    private record Stored(byte[] content, long modified) {}

    private final Map<String, Stored> objects = new TreeMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Map<String, byte[]> intruders = new HashMap<>();
    private final Map<String, Runnable> meanwhile = new HashMap<>();
    private boolean readsFail;
    private boolean deletionsFail;
    private int copyFaults;
    private int lostCopies;
    private long clock;

    public TestStore failing(Fault... next) {
        faults.addAll(List.of(next));
        return this;
    }

    /** Somebody else creates {@code name} just before our next attempt to. */
    public void intrude(String name, byte[] content) {
        intruders.put(name, content);
    }

    /** Happens while the next attempt to create {@code name} is under way: before that takes effect. */
    public void during(String name, Runnable what) {
        meanwhile.put(name, what);
    }

    public void readsFail(boolean fail) {
        readsFail = fail;
    }

    public void deletionsFail(boolean fail) {
        deletionsFail = fail;
    }

    /** The next copies fail. */
    public void failCopies(int next) {
        copyFaults = next;
    }

    /** What the next copies make is deleted at once. */
    public void loseCopies(int next) {
        lostCopies = next;
    }

    public void passMillis(long millis) {
        clock += millis;
    }

    /** Overwrites, which no store client can. */
    public void damage(String name, byte[] content) {
        objects.put(name, new Stored(content, clock));
    }

    public byte[] content(String name) {
        Stored stored = objects.get(name);
        if (stored == null) {
            throw new AssertionError("no " + name + " in " + objects.keySet());
        }
        return stored.content();
    }

    public List<String> names() {
        return List.copyOf(objects.keySet());
    }

    @Override
    public Created create(String name, byte[] content) throws StoreException {
        Optional.ofNullable(meanwhile.remove(name)).ifPresent(Runnable::run);
        byte[] intruder = intruders.remove(name);
        if (intruder != null) {
            damage(name, intruder);
        }
        Fault fault = faults.isEmpty() ? Fault.NONE : faults.removeFirst();
        if (fault == Fault.REFUSED) {
            throw new StoreException("503 for " + name, Outcome.NOT_APPLIED);
        }
        boolean created = fault != Fault.LOST_BUT_UNKNOWN
                && objects.putIfAbsent(name, new Stored(content.clone(), ++clock)) == null;
        if (fault != Fault.NONE) {
            throw new StoreException("timeout for " + name, Outcome.UNKNOWN);
        }
        return created ? Created.CREATED : Created.EXISTS;
    }

    @Override
    public void upload(String name, Path file) {
        try {
            upload(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void upload(String name, byte[] content) {
        objects.put(name, new Stored(content.clone(), ++clock));
    }

    @Override
    public void copy(String from, String to) throws StoreException {
        if (copyFaults > 0) {
            copyFaults--;
            throw new StoreException("503 for " + from, Outcome.NOT_APPLIED);
        }
        if (!objects.containsKey(from)) {
            throw new StoreException("no " + from + " in " + location(), Outcome.NOT_APPLIED);
        }
        if (lostCopies > 0) {
            lostCopies--;
            return;
        }
        upload(to, content(from));
    }

    @Override
    public Optional<Versioned> readVersioned(String name, int maxBytes) throws StoreException {
        Optional<byte[]> content = read(name, maxBytes);
        Stored stored = objects.get(name);
        return stored == null
                ? Optional.empty()
                : content.map(bytes -> new Versioned(bytes, String.valueOf(stored.modified())));
    }

    @Override
    public Optional<String> replace(String name, String version, byte[] content) throws StoreException {
        Stored stored = objects.get(name);
        if (stored == null || !String.valueOf(stored.modified()).equals(version)) {
            return Optional.empty();
        }
        upload(name, content);
        return Optional.of(String.valueOf(clock));
    }

    @Override
    public Optional<byte[]> read(String name, int maxBytes) throws StoreException {
        if (readsFail) {
            throw new StoreException("503 for " + name, Outcome.NOT_APPLIED);
        }
        Stored stored = objects.get(name);
        if (stored != null && stored.content().length > maxBytes) {
            throw new StoreException(
                    "Cannot read " + name + " from " + location() + ": it has " + stored.content().length
                            + " bytes, and at most " + maxBytes + " are allowed here",
                    Outcome.NOT_APPLIED);
        }
        return Optional.ofNullable(stored).map(found -> found.content().clone());
    }

    @Override
    public InputStream open(String name) {
        return new ByteArrayInputStream(content(name));
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new ObjectInfo(
                        entry.getKey(),
                        entry.getValue().content().length,
                        entry.getValue().modified()))
                .toList();
    }

    @Override
    public void delete(List<String> names) throws StoreException {
        if (deletionsFail) {
            throw new StoreException("503 for the deletion of " + names, Outcome.UNKNOWN);
        }
        names.forEach(objects::remove);
    }

    @Override
    public String location() {
        return "test:orders";
    }
}
