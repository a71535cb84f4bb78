package stream.weir.runtime.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.FullDisk;
import stream.weir.runtime.state.SpareRoom;
import stream.weir.runtime.state.StateFiles;

/**
 * Fetches state files that never change to the local disk before a replica needs them, checked; the restore then only links them. What is
 * among the {@linkplain LocalCopies local copies} is linked from there, and stays here when a newer checkpoint lets the copy go.
 *
 * <p>Nothing depends on it: what is not here is fetched when it is needed. Safe for use by any number of threads.
 */
public final class FetchAhead {
    private static final Logger LOG = LoggerFactory.getLogger(FetchAhead.class);

    /** The replica that works meanwhile has the store, the disk and the processor first. */
    private static final int PARALLEL = 2;

    private final StateFiles store;
    private final Path copies;
    private final Path folder;
    private final Executor background;
    private final VerifiedFiles verified;

    /** To look at only; a replica has its own. */
    private final LocalCopies local;

    private @Nullable Round round;
    private long rounds;

    private FetchAhead(StateFiles store, Path copies, Path folder, Executor background) throws IOException {
        this.store = store;
        this.copies = copies;
        this.folder = folder;
        this.background = background;
        this.verified = new VerifiedFiles();
        this.local = LocalCopies.open(store, copies, verified);
    }

    /**
     * What an earlier process has left in {@code folder} is deleted: nobody knows whether it is whole.
     *
     * @param copies folder of the local copies
     * @param folder for what is fetched, on the same disk
     * @param background for what may block
     */
    public static FetchAhead open(StateFiles store, Path copies, Path folder, Executor background) throws IOException {
        Files.createDirectories(folder);
        FetchAhead ahead = new FetchAhead(store, copies, folder, background);
        ahead.deleteAllBut(Set.of());
        return ahead;
    }

    /** The store with the local copies, and with what was fetched ahead, in front of it; for one replica. */
    public StateFiles files() throws IOException {
        return new LinkedFiles(LocalCopies.open(store, copies, verified));
    }

    /**
     * What has been fetched, for work ahead of a run: a file that never changes and is not here is not asked of the store, as there was no
     * room for it, or no time. Nothing is kept of what is read.
     */
    public StateFiles fetched() {
        return new FetchedFiles();
    }

    /**
     * Fetches what is not here; files of earlier requests that are not among them go, and an earlier request ends.
     *
     * @param done is run on a background thread when they are here, as far as they could be had; not after another request or {@link
     *     #stop}
     */
    public synchronized void fetch(Collection<StoredObject> wanted, Runnable done) {
        Round next = new Round(++rounds, wanted, done);
        round = next;
        background.execute(next::begin);
    }

    /** Nothing more is fetched. What is here stays for the replica that begins now. */
    public synchronized void stop() {
        round = null;
    }

    /** What is here is not needed any more, unless it was asked for since {@link #stop}. */
    public void forget() {
        background.execute(this::forgetNow);
    }

    private synchronized void forgetNow() {
        if (round == null) {
            giveRoomBack();
        }
    }

    /** What is here by now for a later request, or for a replica that begins, is left to it. */
    private synchronized void giveRoomBack(Round by) {
        if (round == by) {
            giveRoomBack();
        }
    }

    private void giveRoomBack() {
        try {
            deleteAllBut(Set.of());
        } catch (IOException | RuntimeException e) {
            LOG.warn("files in {} that were fetched ahead could not be deleted", folder, e);
        }
    }

    private void deleteAllBut(Set<Path> kept) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.filter(path -> !kept.contains(path)).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Files that only earlier requests wanted go. */
    private synchronized void makeWay(Round next) throws IOException {
        if (round == next) {
            deleteAllBut(next.wanted.stream().map(this::here).collect(Collectors.toSet()));
        }
    }

    private synchronized boolean isPresent(Round which) {
        return round == which;
    }

    /** Moves a whole file to where it is found, or deletes it where nobody wants it any more. */
    private synchronized void take(Round by, StoredObject object, Path part) throws IOException {
        if (round == by) {
            Files.move(part, here(object), StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.deleteIfExists(part);
        }
    }

    private Path here(StoredObject object) {
        return folder.resolve(fileName(object));
    }

    /** With the ending of files that never change. */
    private static String fileName(StoredObject object) {
        return object.name().substring(object.name().lastIndexOf('/') + 1) + ".sst";
    }

    private boolean isHere(StoredObject object) {
        try {
            return Files.size(here(object)) == object.bytes();
        } catch (IOException e) {
            return false;
        }
    }

    /** One request. */
    private final class Round {
        private final long number;
        private final Collection<StoredObject> wanted;
        private final Runnable done;
        private final Queue<StoredObject> left = new ConcurrentLinkedQueue<>();
        private final AtomicInteger working = new AtomicInteger(PARALLEL);

        Round(long number, Collection<StoredObject> wanted, Runnable done) {
            this.number = number;
            this.wanted = wanted.stream().distinct().toList();
            this.done = done;
        }

        void begin() {
            try {
                plan();
            } catch (IOException | RuntimeException e) {
                LOG.warn("nothing is fetched ahead to {}", folder, e);
            }
            for (int i = 1; i < PARALLEL; i++) {
                background.execute(this::work);
            }
            work();
        }

        private void plan() throws IOException {
            makeWay(this);
            List<StoredObject> missing =
                    wanted.stream().filter(object -> !isHere(object)).toList();
            long room = missing.stream()
                    .filter(object -> !local.has(object))
                    .mapToLong(StoredObject::bytes)
                    .sum();
            SpareRoom.lackFor(room, "fetched ahead", folder).ifPresentOrElse(LOG::warn, () -> left.addAll(missing));
        }

        private void work() {
            for (StoredObject next = left.poll(); next != null && isPresent(this); next = left.poll()) {
                try {
                    fetch(next);
                } catch (IOException | RuntimeException e) {
                    failed(next, e);
                }
            }
            if (working.decrementAndGet() == 0 && isPresent(this)) {
                List<StoredObject> here =
                        wanted.stream().filter(FetchAhead.this::isHere).toList();
                LOG.info(
                        "{} of {} files of state are here ahead of a run, {} bytes",
                        here.size(),
                        wanted.size(),
                        here.stream().mapToLong(StoredObject::bytes).sum());
                done.run();
            }
        }

        private void fetch(StoredObject object) throws IOException {
            Path part = folder.resolve("part-" + number + "-" + fileName(object));
            // Kept among the local copies, too, it would take room after it is deleted here.
            (local.has(object) ? local : store).fetch(object, part);
            take(this, object, part);
        }

        /** A newer checkpoint may have taken its place since, and the store deleted it. */
        private void failed(StoredObject object, Exception error) {
            if (FullDisk.isCauseOf(error)) {
                left.clear();
                LOG.warn("nothing more is fetched ahead{}", FullDisk.sentenceFor(error, folder), error);
                giveRoomBack(this);
            } else {
                LOG.debug("{} is not fetched ahead", object, error);
            }
        }
    }

    private boolean link(StoredObject object, Path target) {
        try {
            Files.deleteIfExists(target);
            Files.createLink(target, here(object));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("{} was fetched ahead, and cannot be used", object, e);
            return false;
        }
    }

    /** A table is checked by whoever reads it. Nobody does so with changes beside a database. */
    private boolean isSound(StoredObject object, Path target) {
        if (LocalCopies.isCheckedByItsReader(target)) {
            return true;
        }
        try {
            LocalCopies.read(object, here(object));
            return true;
        } catch (IOException e) {
            LOG.warn("what was fetched ahead cannot be used", e);
            return false;
        }
    }

    private boolean take(StoredObject object, Path target) {
        return isHere(object) && isSound(object, target) && link(object, target);
    }

    private static boolean isFinal(Path target) {
        return StateFiles.isFinal(target.getFileName().toString());
    }

    /** Files that never change only from here. */
    private final class FetchedFiles implements StateFiles {
        @Override
        public void fetch(StoredObject object, Path target) throws IOException {
            if (!isFinal(target)) {
                store.fetch(object, target);
            } else if (!take(object, target)) {
                throw new IOException(object.name() + " is not in " + folder + ": it has not been fetched ahead");
            }
        }

        @Override
        public InputStream open(StoredObject object) throws IOException {
            return store.open(object);
        }

        @Override
        public StoredObject store(Path file) {
            throw new UnsupportedOperationException("nothing is stored ahead of a run");
        }

        @Override
        public StoredObject store(byte[] content) {
            throw new UnsupportedOperationException("nothing is stored ahead of a run");
        }
    }

    /** Files that are here are linked; all else is left to the local copies. */
    private final class LinkedFiles implements StateFiles {
        private final StateFiles behind;

        LinkedFiles(StateFiles behind) {
            this.behind = behind;
        }

        @Override
        public void fetch(StoredObject object, Path target) throws IOException {
            if (isFinal(target) && take(object, target)) {
                behind.keep(object, target);
            } else {
                behind.fetch(object, target);
            }
        }

        @Override
        public StoredObject store(Path file) throws IOException {
            return behind.store(file);
        }

        @Override
        public StoredObject store(byte[] content) throws IOException {
            return behind.store(content);
        }

        @Override
        public InputStream open(StoredObject object) throws IOException {
            return behind.open(object);
        }

        @Override
        public void keep(StoredObject object, Path file) {
            behind.keep(object, file);
        }

        @Override
        public void stored(long checkpoint, Collection<StoredObject> objects) {
            behind.stored(checkpoint, objects);
        }

        @Override
        public void completed(long checkpoint) {
            behind.completed(checkpoint);
        }

        /** What was fetched ahead is fetched again when it is needed. */
        @Override
        public void doubt() {
            stop();
            giveRoomBack();
            behind.doubt();
        }
    }
}
