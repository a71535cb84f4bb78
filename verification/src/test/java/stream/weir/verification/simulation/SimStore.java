package stream.weir.verification.simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import stream.weir.api.codec.Bytes;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.ManifestJson;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.sink.SinkDriver;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;

/** A store that never fails, and looks at each manifest: all that it names must be there for as long as it is there itself. */
final class SimStore implements ObjectStore {
    private static final String CHECKPOINTS = "checkpoints/";

    private final Map<String, Stored> objects = new TreeMap<>();
    private final Map<String, Manifest> manifests = new TreeMap<>();
    private final Set<String> everCreated = new HashSet<>();
    private final Set<String> transactions = new HashSet<>();
    private final VirtualTime time;
    private final Invariants invariants;

    private record Stored(byte[] content, long modifiedMillis) {}

    SimStore(VirtualTime time, Invariants invariants) {
        this.time = time;
        this.invariants = invariants;
    }

    /** Whether any complete checkpoint has ever named the transaction. */
    boolean covers(String transaction) {
        return transactions.contains(transaction);
    }

    /** Complete checkpoints that are there now, oldest first. */
    List<Manifest> manifests() {
        return List.copyOf(manifests.values());
    }

    @Override
    public Created create(String name, byte[] content) {
        if (objects.containsKey(name)) {
            return Created.EXISTS;
        }
        put(name, content);
        return Created.CREATED;
    }

    @Override
    public void upload(String name, Path file) throws StoreException {
        try {
            upload(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new StoreException("Cannot read " + file, Outcome.NOT_APPLIED, e);
        }
    }

    @Override
    public void upload(String name, byte[] content) {
        invariants.require(!everCreated.contains(name), "a name is used twice", name);
        put(name, content);
    }

    @Override
    public void copy(String from, String to) throws StoreException {
        Stored stored = objects.get(from);
        if (stored == null) {
            throw new StoreException("no " + from, Outcome.NOT_APPLIED);
        }
        put(to, stored.content());
    }

    @Override
    public Optional<Versioned> readVersioned(String name, int maxBytes) {
        return read(name, maxBytes).map(content -> new Versioned(content, versionOf(content)));
    }

    @Override
    public Optional<String> replace(String name, String version, byte[] content) {
        Optional<Versioned> found = readVersioned(name, Integer.MAX_VALUE);
        if (found.isEmpty() || !found.get().version().equals(version)) {
            return Optional.empty();
        }
        put(name, content);
        return Optional.of(versionOf(content));
    }

    private static String versionOf(byte[] content) {
        return HexFormat.of().formatHex(content);
    }

    @Override
    public Optional<byte[]> read(String name, int maxBytes) {
        return Optional.ofNullable(objects.get(name))
                .map(stored -> stored.content().clone());
    }

    @Override
    public InputStream open(String name) throws StoreException {
        Stored stored = objects.get(name);
        if (stored == null) {
            throw new StoreException("no " + name, Outcome.NOT_APPLIED);
        }
        return new ByteArrayInputStream(stored.content());
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().startsWith(prefix))
                .map(each -> new ObjectInfo(
                        each.getKey(),
                        each.getValue().content().length,
                        each.getValue().modifiedMillis()))
                .toList();
    }

    @Override
    public void delete(List<String> names) {
        names.forEach(objects::remove);
        names.forEach(manifests::remove);
        Set<String> deleted = Set.copyOf(names);
        manifests.forEach((name, manifest) -> manifest.objects()
                .map(StoredObject::name)
                .filter(deleted::contains)
                .forEach(object -> invariants.require(false, name + " names an object that was deleted", object)));
    }

    @Override
    public String location() {
        return "simulated:" + Workload.NAME;
    }

    private void put(String name, byte[] content) {
        if (name.startsWith(CHECKPOINTS)) {
            // Ids are never used again, not even after their entry was deleted.
            invariants.require(!everCreated.contains(name), "a second entry of one checkpoint", name);
            look(name, content);
        }
        everCreated.add(name);
        objects.put(name, new Stored(content.clone(), time.nanos() / 1_000_000));
    }

    private void look(String name, byte[] content) {
        try {
            if (ManifestJson.read(name, content) instanceof Entry.Complete(Manifest manifest)) {
                manifest.objects()
                        .forEach(object -> invariants.require(
                                objects.containsKey(object.name()),
                                name + " names an object that is not there",
                                object));
                manifests.put(name, manifest);
                transactions.addAll(transactionsOf(manifest));
            }
        } catch (InvalidDocumentException e) {
            throw invariants.violated("an entry that cannot be read: " + e);
        }
    }

    /** All transactions that a manifest names. */
    static Set<String> transactionsOf(Manifest manifest) {
        Set<String> found = new HashSet<>();
        manifest.replicas().stream()
                .flatMap(replica -> replica.operator().stream())
                .filter(state -> state.name().equals(SinkDriver.TRANSACTIONS))
                .flatMap(state -> state.entries().stream())
                .forEach(entry -> found.add(TargetSink.text(Bytes.of(entry.value()))));
        return found;
    }
}
