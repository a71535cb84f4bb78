package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.StateBackendFactory.Scope;

/** Opens a database with what handles hold of a range of key groups. */
record Restore(
        Scope scope,
        Folders folders,
        RocksDbMemory memory,
        RocksDbConfig config,
        Transfers transfers,
        RocksDbErrors errors) {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** @param files which of the database's files are in the store */
    record Opened(Database database, SharedFiles files) {}

    Opened open(List<StateHandle> handles) throws IOException {
        List<RocksDb> wanted = new ArrayList<>();
        for (StateHandle handle : handles) {
            if (handle.keyGroups().overlaps(scope.keyGroups())) {
                wanted.add(rocksDb(handle, wanted));
            }
        }
        if (wanted.isEmpty()) {
            Database empty = Database.open(folders.database(), TableOptions.of(memory), errors);
            return new Opened(empty, new SharedFiles(List.of()));
        }
        wanted.sort(Comparator.comparingLong(Restore::bytes).reversed());
        return restore(wanted);
    }

    private static long bytes(RocksDb handle) {
        return handle.objects().mapToLong(StoredObject::bytes).sum();
    }

    /** Opens the files of the largest handle as they are, hides what is not wanted of them, and copies the rest into it. */
    private Opened restore(List<RocksDb> wanted) throws IOException {
        RocksDb largest = wanted.getFirst();
        fetch(largest, folders.database());
        Database database = open(folders.database());
        try {
            if (!common(largest).equals(largest.keyGroups())) {
                database.removeOutside(common(largest));
            }
            for (int i = 1; i < wanted.size(); i++) {
                copy(wanted.get(i), folders.restore(i), database);
            }
            folders.deleteRestored();
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
        return new Opened(database, new SharedFiles(tables(largest)));
    }

    private static List<RocksDbFile> tables(RocksDb handle) {
        return handle.files().stream()
                .filter(file -> Captures.isTable(file.path()) && mayBeBuiltOn(file.object()))
                .toList();
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

    private void fetch(RocksDb handle, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Callable<Path>> fetches = new ArrayList<>();
        for (RocksDbFile file : handle.files()) {
            if (!FILE_NAME.matcher(file.path()).matches()) {
                throw new IOException(
                        cannot(handle.keyGroups()) + ": " + file.object().name() + " is to become the file '"
                                + file.path() + "', which is no name of a file of RocksDB");
            }
            fetches.add(() -> {
                Path target = folder.resolve(file.path());
                scope.files().fetch(file.object(), target);
                return target;
            });
        }
        transfers.run(fetches);
    }

    /** Opens what was fetched, and makes the changes again that are beside it. */
    private Database open(Path folder) throws IOException {
        List<Path> changes = Folders.files(folder).stream()
                .filter(file -> ChangeFile.isNameOfOne(file.getFileName().toString()))
                .toList();
        Database database = Database.open(folder, TableOptions.of(memory), errors);
        try {
            Replay replay = new Replay(new DatabaseChanges(database), config);
            for (Path file : changes) {
                ChangeFile.replay(file, replay);
            }
            replay.flush();
            for (Path file : changes) {
                Files.delete(file);
            }
            return database;
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void copy(RocksDb handle, Path folder, Database target) throws IOException {
        fetch(handle, folder);
        try (Database source = open(folder)) {
            for (Database.Family family : source.tables()) {
                Database.Family copy = target.find(family.name()).orElseGet(() -> target.create(family.name()));
                new TableCopy(source, target, errors).copy(family, copy, common(handle), folder);
            }
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
