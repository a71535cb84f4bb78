package stream.weir.store.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import stream.weir.store.ObjectName;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.directory.DurableFiles.Content;

/**
 * An {@link ObjectStore} in a directory, for one machine or a shared file system. An object appears under its name only when its
 * content is on disk; temporary files begin with {@code .} and are never listed. Safe for use by any number of threads and
 * processes.
 */
public final class DirectoryStore implements ObjectStore {
    private final Path root;
    private final Claim claim;
    private final Supplier<String> uniqueNames;
    private final TemporaryFiles temporaryFiles;

    private DirectoryStore(Path root, Claim claim, Supplier<String> uniqueNames, TemporaryFiles temporaryFiles) {
        this.root = root;
        this.claim = claim;
        this.uniqueNames = uniqueNames;
        this.temporaryFiles = temporaryFiles;
    }

    /**
     * Opens a store. The directory is created by the first write, so that looking into a store changes nothing.
     *
     * @throws StoreException when something that is no directory is there
     */
    public static DirectoryStore open(Path directory) throws StoreException {
        return open(directory, Claim.preferred());
    }

    static DirectoryStore open(Path directory, Claim claim) throws StoreException {
        Path root = directory.toAbsolutePath().normalize();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StoreException(
                    "Cannot open the store file:" + root + ": it is a file, and has to be a directory",
                    Outcome.NOT_APPLIED);
        }
        return new DirectoryStore(root, claim, () -> UUID.randomUUID().toString(), new TemporaryFiles());
    }

    @Override
    public Created create(String name, byte[] content) throws StoreException {
        Path target = resolve(name);
        Path temporary = written(name, target, DurableFiles.of(content), content.length);
        try {
            claim.claim(temporary, target);
        } catch (FileAlreadyExistsException e) {
            // Who created it may have died before its entry was synced; what the caller reads next has to be durable.
            syncEntry(name, target, content.length);
            return Created.EXISTS;
        } catch (IOException e) {
            throw failed("create", name, content.length, Outcome.UNKNOWN, e);
        } finally {
            TemporaryFiles.discard(temporary);
        }
        syncEntry(name, target, content.length);
        return Created.CREATED;
    }

    @Override
    public void upload(String name, Path file) throws StoreException {
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (IOException e) {
            throw new StoreException(
                    "Cannot store " + name + " in " + location() + ": cannot read " + file + ": " + reason(e),
                    Outcome.NOT_APPLIED,
                    e);
        }
        store(name, DurableFiles.of(file), bytes);
    }

    @Override
    public void upload(String name, byte[] content) throws StoreException {
        store(name, DurableFiles.of(content), content.length);
    }

    @Override
    public void copy(String from, String to) throws StoreException {
        Path source = resolve(from);
        long bytes;
        try {
            bytes = Files.size(source);
        } catch (IOException e) {
            throw new StoreException(
                    "Cannot copy " + from + " to " + to + " in " + location() + ": " + reason(e),
                    Outcome.NOT_APPLIED,
                    e);
        }
        // Not a link: the copy is new, and its age counts from now.
        store(to, DurableFiles.of(source), bytes);
    }

    @Override
    public Optional<Versioned> readVersioned(String name, int maxBytes) throws StoreException {
        return read(name, maxBytes).map(content -> new Versioned(content, Replacement.versionOf(content)));
    }

    @Override
    public Optional<String> replace(String name, String version, byte[] content) throws StoreException {
        Path target = resolve(name);
        if (!Files.exists(target)) {
            return Optional.empty();
        }
        Path temporary = written(name, target, DurableFiles.of(content), content.length);
        boolean replaced;
        try {
            replaced = Replacement.replace(temporary, target, version);
        } catch (IOException e) {
            throw failed("replace", name, content.length, Outcome.UNKNOWN, e);
        } finally {
            TemporaryFiles.discard(temporary);
        }
        // Also when another was faster: what the caller reads next has to be durable.
        syncEntry(name, target, content.length);
        return replaced ? Optional.of(Replacement.versionOf(content)) : Optional.empty();
    }

    private void store(String name, Content content, long bytes) throws StoreException {
        Path target = resolve(name);
        Path temporary = written(name, target, content, bytes);
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            TemporaryFiles.discard(temporary);
            throw failed("store", name, bytes, Outcome.UNKNOWN, e);
        }
        syncEntry(name, target, bytes);
    }

    private Path written(String name, Path target, Content content, long bytes) throws StoreException {
        Path directory = parentOf(target);
        Path temporary = directory.resolve(TemporaryFiles.PREFIX + uniqueNames.get());
        try {
            DurableFiles.createDirectories(directory);
            DurableFiles.writeNew(temporary, content);
            temporaryFiles.sweepOnce(directory, temporary);
            return temporary;
        } catch (IOException e) {
            TemporaryFiles.discard(temporary);
            throw failed("store", name, bytes, Outcome.NOT_APPLIED, e);
        }
    }

    private void syncEntry(String name, Path target, long bytes) throws StoreException {
        try {
            DurableFiles.syncDirectory(parentOf(target));
        } catch (IOException e) {
            throw failed("make durable", name, bytes, Outcome.UNKNOWN, e);
        }
    }

    private Path parentOf(Path target) {
        Path parent = target.getParent();
        return parent == null ? root : parent;
    }

    @Override
    public Optional<byte[]> read(String name, int maxBytes) throws StoreException {
        Path path = resolve(name);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(maxBytes);
            if (content.length == maxBytes && in.read() >= 0) {
                throw new StoreException(
                        "Cannot read " + name + " from " + location() + ": it has " + Files.size(path)
                                + " bytes, and at most " + maxBytes + " are allowed here",
                        Outcome.NOT_APPLIED);
            }
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw cannotRead(name, path, e);
        }
    }

    @Override
    public InputStream open(String name) throws StoreException {
        Path path = resolve(name);
        if (Files.isDirectory(path)) {
            throw cannotRead(name, path, new IOException("is a directory"));
        }
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw cannotRead(name, path, e);
        }
    }

    @Override
    public List<ObjectInfo> list(String prefix) throws StoreException {
        Path directory = directoryOf(prefix);
        try {
            return Listing.of(root, directory, prefix);
        } catch (IOException e) {
            throw new StoreException(
                    "Cannot list " + prefix + "* in " + location() + ": " + reason(e), Outcome.NOT_APPLIED, e);
        }
    }

    @Override
    public void delete(List<String> names) throws StoreException {
        for (String name : names) {
            Path path = resolve(name);
            try {
                if (!Files.isDirectory(path)) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                throw new StoreException(
                        "Cannot delete " + name + " from " + location() + " (one of " + names.size()
                                + "; those before it are deleted): " + reason(e),
                        Outcome.UNKNOWN,
                        e);
            }
        }
    }

    @Override
    public String location() {
        return "file:" + root;
    }

    private Path resolve(String name) throws StoreException {
        return root.resolve(ObjectName.check(name, location()));
    }

    /** The deepest directory that holds everything whose name begins with {@code prefix}. */
    private Path directoryOf(String prefix) throws StoreException {
        int slash = ObjectName.checkPrefix(prefix, location()).lastIndexOf('/');
        return slash < 0 ? root : root.resolve(prefix.substring(0, slash));
    }

    private StoreException cannotRead(String name, Path path, IOException e) {
        String why = Files.isDirectory(path) ? "it is a directory" : reason(e);
        return new StoreException("Cannot read " + name + " from " + location() + ": " + why, Outcome.NOT_APPLIED, e);
    }

    private StoreException failed(String verb, String name, long bytes, Outcome outcome, IOException e) {
        return new StoreException(
                "Cannot " + verb + " " + name + " (" + bytes + " bytes) in " + location() + ": " + reason(e)
                        + ", usable space " + usableSpace(),
                outcome,
                e);
    }

    private String usableSpace() {
        try {
            Path existing = root;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).getUsableSpace() + " bytes";
        } catch (IOException e) {
            return "not known (" + reason(e) + ")";
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return switch (e) {
            case NoSuchFileException n -> n.getFile() + " is not there";
            case FileAlreadyExistsException n -> n.getFile() + " is there already, and is no directory";
            default -> message == null ? e.getClass().getSimpleName() : message;
        };
    }
}
