package stream.weir.connector.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.format.RowPrinter;

/** Writes one replica's rows to hidden files: one for each checkpoint, or more where a size limits them. */
final class FileSinkWriter implements SinkWriter<Row> {
    private final OutputFolder folder;
    private final FileNames names;
    private final RowPrinter printer;
    private final OptionalLong maxFileSize;
    /** Made durable by this writer, so that their content need not be checked; shared with the thread that does it. */
    private final Set<Bytes> trusted = ConcurrentHashMap.newKeySet();

    /** Sealed and not durable yet. */
    private final Set<PartFile> sealed = ConcurrentHashMap.newKeySet();

    /** Full files of the present transaction. */
    private List<PartFile> full = new ArrayList<>();

    private Optional<PartFile> open = Optional.empty();

    FileSinkWriter(SinkSettings settings, FileNames names, OutputFolder folder) {
        this.folder = folder;
        this.names = names;
        this.printer = settings.printer();
        this.maxFileSize = settings.maxFileSize();
    }

    @Override
    public void write(Row row, long timestamp) throws IOException {
        PartFile file = open.isPresent() ? open.get() : begin();
        printer.row(row, file.buffer());
        file.rowWritten();
        if (maxFileSize.isPresent() && file.length() >= maxFileSize.getAsLong()) {
            file.flush();
            full.add(file);
            open = Optional.empty();
        }
    }

    private PartFile begin() throws IOException {
        PartFile file = PartFile.create(folder.resolve(names.hidden()));
        printer.header(file.buffer());
        open = Optional.of(file);
        return file;
    }

    @Override
    public Prepared prepare(long checkpoint) throws IOException {
        if (open.isPresent()) {
            open.get().flush();
            full.add(open.get());
            open = Optional.empty();
        }
        List<PartFile> files = full;
        full = new ArrayList<>();
        sealed.addAll(files);
        return () -> makeDurable(checkpoint, files);
    }

    private List<Bytes> makeDurable(long checkpoint, List<PartFile> files) throws IOException {
        List<Bytes> transactions = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            PartFile file = files.get(i);
            file.force();
            sealed.remove(file);
            String visible = folder.free(names.visible(checkpoint, i));
            transactions.add(new Transaction(checkpoint, file.name(), visible, file.length(), file.crc32c()).encode());
        }
        if (!files.isEmpty()) {
            folder.sync();
        }
        trusted.addAll(transactions);
        return transactions;
    }

    @Override
    public void commit(Bytes transaction) throws IOException {
        Transaction file = Transaction.decode(transaction);
        if (!trusted.remove(transaction)) {
            folder.verify(file);
        }
        folder.commit(file);
    }

    @Override
    public void close() throws IOException {
        List<PartFile> files = new ArrayList<>(full);
        files.addAll(sealed);
        open.ifPresent(files::add);
        for (PartFile file : files) {
            file.abandon();
        }
    }
}
