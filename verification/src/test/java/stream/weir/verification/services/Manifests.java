package stream.weir.verification.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.store.StoreException;
import stream.weir.store.directory.DirectoryStore;

/** The complete checkpoints that a folder holds, oldest first. */
record Manifests(Path folder, List<Manifest> all) {
    /** Longer than what is collected has to be old, whatever the job is told of timeouts. */
    private static final Duration OLD = Duration.ofHours(24);

    /** @param folder of one pipeline */
    static Manifests in(Path folder) throws StoreException, InvalidDocumentException {
        CheckpointStore store = CheckpointStore.of(
                DirectoryStore.open(folder), folder.getFileName().toString());
        List<Manifest> all = new ArrayList<>();
        for (long id : store.checkpoints()) {
            // What is being deleted meanwhile is none.
            store.checkpoint(id)
                    .filter(Entry.Complete.class::isInstance)
                    .ifPresent(entry -> all.add(((Entry.Complete) entry).manifest()));
        }
        return new Manifests(folder, List.copyOf(all));
    }

    Manifest newest() {
        return all.getLast();
    }

    /** Files that the newest names. */
    List<Path> files() {
        return newest().objects()
                .map(StoredObject::name)
                .map(folder::resolve)
                .distinct()
                .toList();
    }

    /** Names of files that are named and not there. */
    List<String> missing() {
        return all.stream()
                .flatMap(Manifest::objects)
                .map(StoredObject::name)
                .filter(name -> !Files.exists(folder.resolve(name)))
                .distinct()
                .toList();
    }

    /**
     * Has all that is there look as if it had been stored long ago, so that what is superfluous is collected after the next
     * checkpoint.
     */
    static void makeOld(Path folder) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(OLD));
        for (String kind : List.of("files", "checkpoints")) {
            try (Stream<Path> files = Files.list(folder.resolve(kind))) {
                for (Path file : files.toList()) {
                    if (Files.exists(file)) {
                        Files.setLastModifiedTime(file, old);
                    }
                }
            }
        }
    }
}
