package stream.weir.connector.format.input;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import stream.weir.connector.format.input.FilesReader.Place;

/** Looks for new files from time to time, beside the replica where that takes long. */
final class Looks implements AutoCloseable {
    private final Place place;
    private final InstantSource clock;
    private Instant last;
    private Optional<CompletableFuture<List<FoundFile>>> underWay = Optional.empty();

    Looks(Place place, InstantSource clock) {
        this.place = place;
        this.clock = clock;
        this.last = clock.instant();
    }

    /** What a look has found that was not asked for before; empty where there was none. */
    Optional<List<FoundFile>> next() throws IOException {
        if (place.settings().watch().isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (underWay.isEmpty()
                && !now.isBefore(last.plus(place.settings().watch().get().interval()))) {
            last = now;
            underWay = Optional.of(CompletableFuture.supplyAsync(this::list, place.looking()));
        }
        if (underWay.isEmpty() || !underWay.get().isDone()) {
            return Optional.empty();
        }
        CompletableFuture<List<FoundFile>> done = underWay.get();
        underWay = Optional.empty();
        try {
            return Optional.of(done.join());
        } catch (CompletionException e) {
            throw new UnreadableFileException(
                    "cannot look for files at " + place.store().location() + ": "
                            + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    e);
        }
    }

    private List<FoundFile> list() {
        try {
            return place.store().list();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Waits for a look under way. */
    @Override
    public void close() {
        underWay.ifPresent(look -> look.handle((files, error) -> 0).join());
    }
}
