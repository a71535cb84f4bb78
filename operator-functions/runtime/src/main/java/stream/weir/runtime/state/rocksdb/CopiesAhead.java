package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.SpareRoom;
import stream.weir.runtime.state.rocksdb.SharedFiles.Content;
import stream.weir.runtime.state.rocksdb.TableCopy.Copied;

/**
 * Key groups of other replicas' databases that were copied before a restore needs them. A copy serves every checkpoint that is built on
 * the same link of such a database, as what changed since lies beside it. Each has a folder of its own, which goes with it. Safe for use
 * by any number of threads.
 */
final class CopiesAhead {
    private static final Logger LOG = LoggerFactory.getLogger(CopiesAhead.class);

    private final List<Copy> copies = new ArrayList<>();
    private long folders;

    /**
     * Of what.
     *
     * @param linked files of the database, without the changes beside it
     */
    record Source(Set<RocksDbFile> linked, KeyGroupRange keyGroups) {
        static Source of(RocksDb handle, KeyGroupRange keyGroups) {
            return new Source(Set.copyOf(Content.of(handle).linked()), keyGroups);
        }
    }

    /** @param folder of its own */
    record Copy(Source source, Path folder, Copied tables) {}

    /** Where there is none, the log says so. */
    static boolean hasRoom(Path root, long bytes) throws IOException {
        Optional<String> lack = SpareRoom.lackFor(bytes, "copied ahead", root);
        lack.ifPresent(LOG::warn);
        return lack.isEmpty();
    }

    /** Of a name that no other copy has. */
    synchronized Path newFolder(Path root) {
        return root.resolve("tables-" + ++folders);
    }

    synchronized boolean has(Source source) {
        return copies.stream().anyMatch(copy -> copy.source().equals(source));
    }

    /**
     * Asks {@code goOn} once more: a later request, or a restore, has looked at what is here by then, and would not find this copy again.
     *
     * @return whether the copy is here now
     */
    synchronized boolean add(Copy copy, BooleanSupplier goOn) {
        return goOn.getAsBoolean() && copies.add(copy);
    }

    /** The copy of {@code source}, where there is one: it is the caller's now, who deletes its folder in the end. */
    synchronized Optional<Copy> take(Source source) {
        Optional<Copy> found =
                copies.stream().filter(copy -> copy.source().equals(source)).findFirst();
        found.ifPresent(copies::remove);
        return found;
    }

    synchronized Set<Source> sources() {
        return copies.stream().map(Copy::source).collect(Collectors.toCollection(HashSet::new));
    }

    /** All others go. */
    synchronized void retain(Set<Source> wanted) {
        Set<Source> others = sources();
        others.removeAll(wanted);
        drop(others);
    }

    synchronized void drop(Set<Source> unwanted) {
        unwanted.forEach(source -> take(source).ifPresent(copy -> delete(copy.folder())));
    }

    static void delete(Path folder) {
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", folder, e);
        }
    }
}
