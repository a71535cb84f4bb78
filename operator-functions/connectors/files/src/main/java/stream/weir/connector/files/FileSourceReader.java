package stream.weir.connector.files;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/** Reads the files that a replica owns, one after the other. */
final class FileSourceReader implements SourceReader<Row> {
    /** Files not begun are in checkpoints too: one that is gone when such a checkpoint is restored must not go unnoticed. */
    private static final Bytes NOT_BEGUN = SplitPosition.START.encode();

    private final SourceSettings settings;
    private final SourceContext context;
    private final Discovery discovery;
    /** Of all files that are known; of the one being read, where it was taken up. */
    private final Map<String, Bytes> positions;
    /** Files to read, by name, those begun by an earlier run first. */
    private final Map<String, FileSplit> pending = new LinkedHashMap<>();

    /** Files whose outputs are not there yet although they are to hold the watermark back. */
    private final List<String> unannounced = new ArrayList<>();

    private final Map<String, SourceOutput.Split<Row>> outputs = new HashMap<>();
    private Optional<Current> current = Optional.empty();
    private Instant lastLook;

    private record Current(String name, SplitReader reader, SourceOutput.Split<Row> output) {}

    private FileSourceReader(
            SourceSettings settings, SourceContext context, Discovery discovery, Map<String, Bytes> positions) {
        this.settings = settings;
        this.context = context;
        this.discovery = discovery;
        this.positions = positions;
        this.lastLook = context.clock().instant();
    }

    static FileSourceReader open(SourceSettings settings, SourceContext context) throws IOException {
        Map<String, Bytes> positions = new HashMap<>();
        context.restored().forEach((split, position) -> {
            if (context.owns(split)) {
                positions.put(split, position);
            }
        });
        Discovery discovery = Discovery.of(settings.path());
        FileSourceReader reader = new FileSourceReader(settings, context, discovery, positions);
        reader.begin(discovery.list());
        return reader;
    }

    private void begin(List<FileSplit> files) throws IOException {
        if (files.isEmpty()
                && context.restored().isEmpty()
                && settings.discovery().isEmpty()) {
            throw new UnreadableFileException("there is nothing to read at " + settings.path()
                    + ": no file whose name does not begin with . or _; set watch: true to wait for files");
        }
        Map<String, FileSplit> byName = new HashMap<>();
        files.forEach(file -> byName.put(file.name(), file));
        for (Map.Entry<String, Bytes> entry : new TreeMap<>(positions).entrySet()) {
            String name = entry.getKey();
            SplitPosition position = SplitPosition.decode(name, entry.getValue());
            if (!position.finished()) {
                queue(restored(name, position, byName));
            }
        }
        add(files);
    }

    private FileSplit restored(String name, SplitPosition position, Map<String, FileSplit> files)
            throws UnreadableFileException {
        FileSplit file = files.get(name);
        if (file == null) {
            throw new UnreadableFileException("cannot go on reading " + name + ", which the checkpoint has "
                    + (position.equals(SplitPosition.START) ? "not read yet: " : "read in part: ") + settings.path()
                    + " has no such file now; put it back as it was");
        }
        return file;
    }

    private void add(List<FileSplit> files) {
        for (FileSplit file : files) {
            if (context.owns(file.name()) && positions.putIfAbsent(file.name(), NOT_BEGUN) == null) {
                queue(file);
            }
        }
    }

    private void queue(FileSplit file) {
        pending.put(file.name(), file);
        if (settings.order() == SourceSettings.Order.ANY) {
            unannounced.add(file.name());
        }
    }

    @Override
    public Status poll(int maxRecords, SourceOutput<Row> out) throws IOException {
        if (current.isEmpty() && !takeUp(out)) {
            return settings.discovery().isPresent() ? Status.IDLE : Status.END;
        }
        Current file = current.orElseThrow();
        if (file.reader().read(maxRecords) == Status.END) {
            positions.put(file.name(), file.reader().finished().encode());
            file.reader().close();
            file.output().end();
            current = Optional.empty();
        }
        return Status.MORE;
    }

    /** Opens the next file. @return whether there is one */
    private boolean takeUp(SourceOutput<Row> out) throws IOException {
        look();
        unannounced.forEach(name -> output(name, out));
        unannounced.clear();
        if (pending.isEmpty()) {
            return false;
        }
        FileSplit file = pending.values().iterator().next();
        SplitPosition position = SplitPosition.decode(file.name(), positions.getOrDefault(file.name(), NOT_BEGUN));
        SourceOutput.Split<Row> output = output(file.name(), out);
        current = Optional.of(new Current(file.name(), SplitReader.open(file, settings, position, output), output));
        pending.remove(file.name());
        outputs.remove(file.name());
        return true;
    }

    private SourceOutput.Split<Row> output(String name, SourceOutput<Row> out) {
        return outputs.computeIfAbsent(name, out::split);
    }

    private void look() throws IOException {
        if (settings.discovery().isPresent()) {
            Instant now = context.clock().instant();
            if (!now.isBefore(lastLook.plus(settings.discovery().get()))) {
                lastLook = now;
                add(discovery.list());
            }
        }
    }

    @Override
    public Map<String, Bytes> positions() {
        Map<String, Bytes> all = new HashMap<>(positions);
        current.ifPresent(file -> all.put(file.name(), file.reader().position().encode()));
        return all;
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) {
            current.get().reader().close();
        }
    }
}
