package stream.weir.runtime.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.StateFiles;

/**
 * A store of state files in front of which one replica keeps what it has stored or fetched, as hard links on its own disk. So a
 * replica whose disk is still there goes back to a checkpoint without a download. A copy is read and checked before it is used
 * unless it is a table and this process has done so; one that is damaged is deleted and fetched again. Copies that no checkpoint since the newest
 * complete one refers to are deleted.
 *
 * <p>Keeping a copy is never worth an error: where the disk does not do it, the store is asked. Safe for use by any number of
 * threads.
 */
public final class LocalCopies implements StateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);

    private final StateFiles store;
    private final Path folder;
    private final VerifiedFiles verified;

    /** What each checkpoint refers to that is not older than the newest complete one. */
    private final TreeMap<Long, Set<String>> referred = new TreeMap<>();

    private LocalCopies(StateFiles store, Path folder, VerifiedFiles verified) {
        this.store = store;
        this.folder = folder;
        this.verified = verified;
    }

    /**
     * @param folder of this replica alone; copies that an earlier process has left there are used
     * @param verified of this process, for all that it opens
     */
    public static LocalCopies open(StateFiles store, Path folder, VerifiedFiles verified) throws IOException {
        Files.createDirectories(folder);
        return new LocalCopies(store, folder, verified);
    }

    @Override
    public StoredObject store(Path file) throws IOException {
        StoredObject object = store.store(file);
        keep(object, file);
        return object;
    }

    @Override
    public StoredObject store(byte[] content) throws IOException {
        return store.store(content);
    }

    @Override
    public InputStream open(StoredObject object) throws IOException {
        Optional<Path> copy = soundCopy(object, false);
        return copy.isPresent() ? Files.newInputStream(copy.get()) : store.open(object);
    }

    @Override
    public void fetch(StoredObject object, Path target) throws IOException {
        Optional<Path> copy = soundCopy(object, isCheckedByItsReader(target));
        if (copy.isEmpty()) {
            store.fetch(object, target);
            keep(object, target);
        } else if (StateFiles.isFinal(target.getFileName().toString())) {
            link(target, copy.get());
        } else {
            // A database may write to its other files.
            Files.copy(copy.get(), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public synchronized void stored(long checkpoint, Collection<StoredObject> objects) {
        Set<String> names = new HashSet<>();
        objects.forEach(object -> names.add(copyOf(object).getFileName().toString()));
        referred.put(checkpoint, names);
        store.stored(checkpoint, objects);
    }

    @Override
    public synchronized void completed(long checkpoint) {
        store.completed(checkpoint);
        if (!referred.containsKey(checkpoint)) {
            return;
        }
        referred.headMap(checkpoint, false).clear();
        Set<String> kept = new HashSet<>();
        referred.values().forEach(kept::addAll);
        try (Stream<Path> copies = Files.list(folder)) {
            List<Path> old = copies.filter(
                            copy -> !kept.contains(copy.getFileName().toString()))
                    .toList();
            for (Path each : old) {
                delete(each);
            }
        } catch (IOException e) {
            LOG.warn("old copies in {} could not be deleted", folder, e);
        }
    }

    /** Whether there is a copy, sound or not. */
    boolean has(StoredObject object) {
        return Files.exists(copyOf(object));
    }

    /** RocksDB compares each block of a table with a checksum when it reads it; nobody does so later with changes beside a database. */
    static boolean isCheckedByItsReader(Path file) {
        return file.getFileName().toString().endsWith(".sst");
    }

    /** @param trusted whether it need not be read again when this process has done so */
    private Optional<Path> soundCopy(StoredObject object, boolean trusted) {
        Path copy = copyOf(object);
        if (!Files.exists(copy)) {
            return Optional.empty();
        }
        try {
            if (!trusted || !verified.contains(copy)) {
                read(object, copy);
                verified.add(copy);
            }
            return Optional.of(copy);
        } catch (IOException e) {
            LOG.warn("a local copy cannot be used, and is fetched again", e);
            forget(copy);
            return Optional.empty();
        }
    }

    /** @throws IOException when it is not what the manifest says */
    static void read(StoredObject object, Path copy) throws IOException {
        try (InputStream in = new CheckedObjectStream(Files.newInputStream(copy), object, "the local copy " + copy)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public void doubt() {
        verified.clear();
        store.doubt();
    }

    @Override
    public void keep(StoredObject object, Path file) {
        store.keep(object, file);
        Path copy = copyOf(object);
        try {
            if (StateFiles.isFinal(file.getFileName().toString())) {
                link(copy, file);
                verified.add(copy);
            } else {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                verified.remove(copy);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{} is not kept beside the store", file, e);
        }
    }

    /** Replaces what is there. */
    private static void link(Path name, Path existing) throws IOException {
        try {
            Files.createLink(name, existing);
        } catch (FileAlreadyExistsException e) {
            Files.delete(name);
            Files.createLink(name, existing);
        }
    }

    private void forget(Path copy) {
        try {
            delete(copy);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", copy, e);
        }
    }

    private void delete(Path copy) throws IOException {
        verified.remove(copy);
        Files.deleteIfExists(copy);
    }

    private Path copyOf(StoredObject object) {
        return folder.resolve(object.name().substring(object.name().lastIndexOf('/') + 1));
    }
}
