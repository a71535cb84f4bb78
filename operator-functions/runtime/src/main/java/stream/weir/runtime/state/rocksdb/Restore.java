package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.rocksdb.CopiesAhead.Copy;
import stream.weir.runtime.state.rocksdb.CopiesAhead.Source;
import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;
import stream.weir.runtime.state.rocksdb.SharedFiles.Content;
import stream.weir.runtime.state.rocksdb.TableCopy.Copied;

/** Opens a database with what handles hold of a range of key groups, but for the changes that they have beside their databases. */
record Restore(
        Scope scope,
        Folders folders,
        RocksDbMemory memory,
        RocksDbConfig config,
        Transfers transfers,
        RocksDbErrors errors,
        CopiesAhead ahead) {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /**
     * A database, and what is to come into its tables.
     *
     * @param stored what of it is in the store
     * @param changes to be made again
     */
    record Opened(Database database, Content stored, List<RecordedChanges> changes) {}

    Opened open(List<StateHandle> handles) throws IOException {
        List<RocksDb> wanted = wanted(handles);
        if (wanted.isEmpty()) {
            Database empty = Database.open(folders.database(), TableOptions.of(memory), errors);
            return new Opened(empty, new Content(Content.NO_EPOCH, List.of(), List.of()), List.of());
        }
        return restore(wanted);
    }

    /**
     * Copies what {@link #open} would copy, if that is not done yet. What was copied of other handles goes.
     *
     * @param goOn asked now and then
     */
    void copyAhead(List<StateHandle> handles, BooleanSupplier goOn) throws IOException {
        List<RocksDb> wanted = wanted(handles);
        List<RocksDb> copied = wanted.subList(Math.min(1, wanted.size()), wanted.size());
        if (!goOn.getAsBoolean()) {
            return;
        }
        ahead.retain(copied.stream().map(this::source).collect(Collectors.toSet()));
        List<RocksDb> missing =
                copied.stream().filter(handle -> !ahead.has(source(handle))).toList();
        long bytes = (long) missing.stream().mapToDouble(this::share).sum();
        if (!CopiesAhead.hasRoom(folders.root(), bytes)) {
            return;
        }
        for (RocksDb handle : missing) {
            if (goOn.getAsBoolean()) {
                copyAhead(handle, goOn);
            }
        }
    }

    private void copyAhead(RocksDb handle, BooleanSupplier goOn) throws IOException {
        RocksDb linked = new RocksDb(handle.keyGroups(), Content.of(handle).linked());
        Path folder = ahead.newFolder(folders.root());
        boolean kept = false;
        try {
            Copied tables = tables(linked, folder.resolve("source"), folder, goOn);
            FileTrees.delete(folder.resolve("source"));
            kept = ahead.add(new Copy(source(handle), folder, tables), goOn);
        } finally {
            if (!kept) {
                CopiesAhead.delete(folder);
            }
        }
    }

    /** Those with something of the key groups; first the one whose files are opened as they are, which has most of it. */
    private List<RocksDb> wanted(List<StateHandle> handles) throws IOException {
        List<RocksDb> wanted = new ArrayList<>();
        for (StateHandle handle : handles) {
            if (handle.keyGroups().overlaps(scope.keyGroups())) {
                wanted.add(rocksDb(handle, wanted));
            }
        }
        Set<Source> copied = ahead.sources();
        wanted.sort(Comparator.comparing((RocksDb handle) -> copied.contains(source(handle)))
                .thenComparing(Comparator.comparingDouble(this::share).reversed()));
        return wanted;
    }

    /** How many bytes of it are of the key groups, where they are all alike. */
    private double share(RocksDb handle) {
        long bytes = handle.objects().mapToLong(StoredObject::bytes).sum();
        return (double) bytes * common(handle).size() / handle.keyGroups().size();
    }

    private Source source(RocksDb handle) {
        return Source.of(handle, common(handle));
    }

    /** Opens the files of the first handle as they are, hides what is not wanted of them, and takes in the rest from copies. */
    private Opened restore(List<RocksDb> wanted) throws IOException {
        RocksDb base = wanted.getFirst();
        boolean isAll = wanted.size() == 1 && isAllThatIsWanted(base);
        Path changesFolder = isAll ? folders.changes() : folders.restore(0);
        fetch(base, folders.database(), changesFolder);
        Database database = Database.open(folders.database(), TableOptions.of(memory), errors);
        try {
            List<RecordedChanges> changes = new ArrayList<>();
            changes.add(changes(base, database, changesFolder));
            if (!common(base).equals(base.keyGroups())) {
                database.removeOutside(common(base));
            }
            for (int i = 1; i < wanted.size(); i++) {
                changes.add(copy(wanted.get(i), folders.restore(i), database));
            }
            return new Opened(database, isAll ? Content.of(base) : tables(base), changes);
        } catch (IOException | RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /** Whether the next checkpoint may be this one and what has changed since. */
    private boolean isAllThatIsWanted(RocksDb handle) {
        return config.uploads() == Uploads.INCREMENTAL
                && handle.keyGroups().equals(scope.keyGroups())
                && handle.objects().allMatch(Restore::mayBeBuiltOn);
    }

    private static Content tables(RocksDb handle) {
        List<RocksDbFile> tables = handle.files().stream()
                .filter(file -> Captures.isTable(file.path()) && mayBeBuiltOn(file.object()))
                .toList();
        return new Content(Content.NO_EPOCH, tables, List.of());
    }

    private KeyGroupRange common(RocksDb handle) {
        return new KeyGroupRange(
                Math.max(handle.keyGroups().first(), scope.keyGroups().first()),
                Math.min(handle.keyGroups().last(), scope.keyGroups().last()));
    }

    private RocksDb rocksDb(StateHandle handle, List<RocksDb> before) throws IOException {
        if (!(handle instanceof RocksDb rocks)) {
            throw new IOException(cannot(handle.keyGroups()) + ": it was written by another state backend ("
                    + handle.getClass().getSimpleName()
                    + "). Set the state backend back to that one, or start without state");
        }
        for (RocksDb other : before) {
            if (other.keyGroups().overlaps(handle.keyGroups())) {
                throw new IOException(cannot(handle.keyGroups()) + ": key groups " + text(other.keyGroups())
                        + " are there as well, so that some are there twice");
            }
        }
        return rocks;
    }

    /** What belongs to a user's savepoint may be deleted by the user, whatever else refers to it. */
    private static boolean mayBeBuiltOn(StoredObject object) {
        return !object.name().startsWith("savepoints/");
    }

    private void fetch(RocksDb handle, Path folder, Path changes) throws IOException {
        Files.createDirectories(folder);
        Files.createDirectories(changes);
        List<Callable<Path>> fetches = new ArrayList<>();
        for (RocksDbFile file : handle.files()) {
            if (!FILE_NAME.matcher(file.path()).matches()) {
                throw new IOException(
                        cannot(handle.keyGroups()) + ": " + file.object().name() + " is to become the file '"
                                + file.path() + "', which is no name of a file of RocksDB");
            }
            fetches.add(() -> {
                Path target = (ChangeFile.isNameOfOne(file.path()) ? changes : folder).resolve(file.path());
                scope.files().fetch(file.object(), target);
                return target;
            });
        }
        transfers.run(fetches);
    }

    private RecordedChanges changes(RocksDb handle, Database database, Path folder) throws IOException {
        Map<Integer, byte[]> families =
                database.tables().stream().collect(Collectors.toMap(Database.Family::id, Database.Family::name));
        return new RecordedChanges(ChangeFile.allIn(folder), families, common(handle));
    }

    private RecordedChanges copy(RocksDb handle, Path folder, Database target) throws IOException {
        Optional<Copy> there = ahead.take(source(handle));
        try {
            return copy(handle, there, folder, target);
        } finally {
            there.ifPresent(copy -> CopiesAhead.delete(copy.folder()));
        }
    }

    private RecordedChanges copy(RocksDb handle, Optional<Copy> there, Path folder, Database target)
            throws IOException {
        Copied tables;
        if (there.isPresent()) {
            tables = there.get().tables();
            fetch(new RocksDb(handle.keyGroups(), Content.of(handle).changes()), folder, folder);
        } else {
            tables = tables(handle, folder, folder, () -> true);
        }
        for (Map.Entry<Integer, byte[]> each : tables.families().entrySet()) {
            byte[] name = each.getValue();
            Database.Family family = target.find(name).orElseGet(() -> target.create(name));
            List<Path> files = tables.files().getOrDefault(each.getKey(), List.of());
            if (!files.isEmpty()) {
                target.ingest(family, files);
            }
        }
        return new RecordedChanges(ChangeFile.allIn(folder), tables.families(), common(handle));
    }

    /** Copies of the key groups that are wanted, in {@code folder}. */
    private Copied tables(RocksDb handle, Path database, Path folder, BooleanSupplier goOn) throws IOException {
        fetch(handle, database, database);
        try (Database source = Database.open(database, TableOptions.ofSource(memory), errors)) {
            return new TableCopy(source, common(handle), folder, goOn, errors).run();
        }
    }

    private String cannot(KeyGroupRange range) {
        return "Cannot restore key groups " + text(range) + " into " + scope.name() + " (key groups "
                + text(scope.keyGroups()) + ")";
    }

    private static String text(KeyGroupRange range) {
        return range.first() + " to " + range.last();
    }
}
