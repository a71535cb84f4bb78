package stream.weir.connector.format.input;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/** Reads the files that a replica owns, one after the other. */
public final class FilesReader implements SourceReader<Row> {
    /** Files not begun are in checkpoints too: one that is gone when such a checkpoint is restored must not go unnoticed. */
    private static final Bytes NOT_BEGUN = SplitPosition.START.encode();

    private final Place place;
    private final SourceContext context;
    private final FinishedFiles finished;
    /** Of all files that are known by name; of the one being read, where it was taken up. */
    private final Map<String, Bytes> positions = new HashMap<>();
    /** Times of those that are finished. */
    private final Map<String, Long> finishedAt = new HashMap<>();
    /** Files to read, by name, those begun by an earlier run first. */
    private final Map<String, FoundFile> pending = new LinkedHashMap<>();
    /** Files whose outputs are not there yet although they are to hold the watermark back. */
    private final List<String> unannounced = new ArrayList<>();
    /** Late files that are not reported yet. */
    private final List<Late> late = new ArrayList<>();

    private final Map<String, SourceOutput.Split<Row>> outputs = new HashMap<>();
    private final Looks looks;
    private Optional<Current> current = Optional.empty();

    /**
     * What is read.
     *
     * @param store closed with the reader
     * @param looking where new files are looked for
     */
    public record Place(FileStore store, RecordFormat format, InputSettings settings, Executor looking) {}

    private record Current(FoundFile file, String version, RecordFile reader, SourceOutput.Split<Row> output) {}

    private record Late(String name, String reason) {}

    private FilesReader(Place place, SourceContext context, Looks looks) {
        this.place = place;
        this.context = context;
        this.finished = FinishedFiles.restored(context);
        this.looks = looks;
    }

    /** @throws UnreadableFileException when there is nothing to read, or files are not what a checkpoint remembers */
    public static FilesReader open(Place place, SourceContext context) throws IOException {
        List<FoundFile> files = place.store().list();
        if (files.isEmpty()
                && context.restored().isEmpty()
                && place.settings().watch().isEmpty()) {
            throw new UnreadableFileException(
                    "there is nothing to read at " + place.store().location()
                            + ": no file whose name does not begin with . or _; set watch: true to wait for files");
        }
        Looks looks = new Looks(place, context.clock());
        FilesReader reader = new FilesReader(place, context, looks);
        reader.begin(files);
        return reader;
    }

    private void begin(List<FoundFile> files) throws IOException {
        Map<String, FoundFile> byName = new HashMap<>();
        files.forEach(file -> byName.put(file.name(), file));
        for (Map.Entry<String, Bytes> entry : new TreeMap<>(context.restored()).entrySet()) {
            String name = entry.getKey();
            if (FinishedFiles.isSlot(name) || !finished.owns(name)) {
                continue;
            }
            SplitPosition position = SplitPosition.decode(name, entry.getValue());
            positions.put(name, entry.getValue());
            if (position.isFinished()) {
                finishedAt.put(name, modified(position, Optional.ofNullable(byName.get(name)), files));
            } else {
                queue(restored(name, position, byName));
            }
        }
        add(files);
    }

    /** Older checkpoints do not tell it: then the file is as good as new. */
    private static long modified(SplitPosition position, Optional<FoundFile> file, List<FoundFile> files) {
        return position.modifiedMillis() > 0
                ? position.modifiedMillis()
                : file.map(FoundFile::modifiedMillis).orElse(newest(files));
    }

    private static long newest(List<FoundFile> files) {
        return files.stream().mapToLong(FoundFile::modifiedMillis).max().orElse(0);
    }

    private FoundFile restored(String name, SplitPosition position, Map<String, FoundFile> files)
            throws UnreadableFileException {
        FoundFile file = files.get(name);
        if (file == null) {
            throw new UnreadableFileException("cannot go on reading " + name + ", which the checkpoint has "
                    + (position.equals(SplitPosition.START) ? "not read yet: " : "read in part: ")
                    + place.store().location() + " has no such file now; put it back as it was");
        }
        return file;
    }

    private void add(List<FoundFile> files) {
        List<FoundFile> read = new ArrayList<>();
        for (FoundFile file : files) {
            if (!finished.owns(file.name())) {
                continue;
            }
            if (positions.containsKey(file.name())) {
                finishedAt.computeIfPresent(file.name(), (name, time) -> file.modifiedMillis());
                continue;
            }
            switch (finished.judge(file)) {
                case NEW -> {
                    positions.put(file.name(), NOT_BEGUN);
                    queue(file);
                }
                case READ -> read.add(file);
                case LATE -> {
                    finished.refuse(file);
                    late.add(new Late(file.name(), reason(Instant.ofEpochMilli(file.modifiedMillis()), file)));
                    read.add(file);
                }
            }
        }
        long beyond = finished.looked(read);
        if (beyond > 0) {
            late.add(
                    new Late(
                            place.store().location(),
                            beyond + " files of those modified more than "
                                    + remember().map(Duration::toString).orElse("the time to remember")
                                    + " before the newest one came while the source did not run, and cannot be told from those that were read"));
        }
        remember().ifPresent(time -> finished.raise(newest(files) - time.toMillis(), finishedAt)
                .forEach(positions::remove));
    }

    private String reason(Instant modified, FoundFile file) {
        return "the file came too late: it was modified at " + modified + ", and of files modified before "
                + Instant.ofEpochMilli(finished.mark(file))
                + " the source no longer knows which it has read; give it the present time (touch) to have it read, or raise remember";
    }

    private Optional<Duration> remember() {
        return place.settings().watch().map(InputSettings.Watch::remember);
    }

    private void queue(FoundFile file) {
        pending.put(file.name(), file);
        if (place.settings().order() == InputSettings.Order.ANY) {
            unannounced.add(file.name());
        }
    }

    @Override
    public Status poll(int maxRecords, SourceOutput<Row> out) throws IOException {
        if (current.isEmpty() && !takeUp(out)) {
            return place.settings().watch().isPresent() ? Status.IDLE : Status.END;
        }
        Current read = current.orElseThrow();
        if (read.reader().read(maxRecords) == Status.END) {
            FoundFile file = read.file();
            positions.put(
                    file.name(),
                    read.reader().position().finished(file.modifiedMillis()).encode());
            finishedAt.put(file.name(), file.modifiedMillis());
            read.reader().close();
            read.output().end();
            current = Optional.empty();
        }
        return Status.MORE;
    }

    /** Opens the next file. @return whether there is one */
    private boolean takeUp(SourceOutput<Row> out) throws IOException {
        Optional<List<FoundFile>> look = looks.next();
        look.ifPresent(this::add);
        reportLate(out);
        unannounced.forEach(name -> output(name, out));
        unannounced.clear();
        if (pending.isEmpty()) {
            return false;
        }
        FoundFile file = pending.values().iterator().next();
        SplitPosition position = SplitPosition.decode(file.name(), positions.getOrDefault(file.name(), NOT_BEGUN));
        SourceOutput.Split<Row> output = output(file.name(), out);
        RawFile raw = place.store().open(file.name());
        requireSame(raw, position);
        String version = raw.version();
        current = Optional.of(new Current(file, version, place.format().open(raw, position, output), output));
        pending.remove(file.name());
        outputs.remove(file.name());
        return true;
    }

    private void reportLate(SourceOutput<Row> out) {
        for (Late file : late) {
            SourceOutput.Split<Row> output = out.split(file.name());
            output.malformed(place.store().shown(file.name()), new byte[0], file.reason());
            output.end();
        }
        late.clear();
    }

    private static void requireSame(RawFile raw, SplitPosition position) throws IOException {
        if (!position.version().isEmpty() && !position.version().equals(raw.version())) {
            String shown = raw.shown();
            String now = raw.version();
            raw.close();
            throw new UnreadableFileException("cannot go on reading " + shown + ": its version was "
                    + position.version() + " when the checkpoint was taken, and is " + now
                    + " now; put the file back as it was, or start from nothing");
        }
    }

    private SourceOutput.Split<Row> output(String name, SourceOutput<Row> out) {
        return outputs.computeIfAbsent(name, out::split);
    }

    @Override
    public Map<String, Bytes> positions() {
        Map<String, Bytes> all = new HashMap<>(positions);
        all.putAll(finished.positions());
        current.ifPresent(read -> all.put(
                read.file().name(), read.reader().position().of(read.version()).encode()));
        return all;
    }

    @Override
    public void close() throws IOException {
        try {
            if (current.isPresent()) {
                current.get().reader().close();
            }
        } finally {
            place.store().close();
            looks.close();
        }
    }
}
