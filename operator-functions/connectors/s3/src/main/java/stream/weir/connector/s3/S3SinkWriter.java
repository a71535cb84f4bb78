package stream.weir.connector.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkWriter;

/** Writes one replica's rows to local files: one for each checkpoint, or more where they get large. */
final class S3SinkWriter implements SinkWriter<Row> {
    private final SinkSettings settings;
    private final Names names;
    private final Path folder;
    private final OutputPrefix prefix;
    private long files;
    /** Full files of the present transaction. */
    private List<RowFile> full = new ArrayList<>();

    private Optional<RowFile> open = Optional.empty();

    /** @param folder for local files */
    S3SinkWriter(SinkSettings settings, Names names, Path folder, OutputPrefix prefix) {
        this.settings = settings;
        this.names = names;
        this.folder = folder;
        this.prefix = prefix;
    }

    @Override
    public void write(Row row, long timestamp) throws IOException {
        RowFile file = open.isPresent() ? open.get() : begin();
        file.write(row);
        if (file.length() >= settings.maxFileSize()) {
            end(file);
        }
    }

    private RowFile begin() throws IOException {
        RowFile file = settings.create(folder.resolve(files++ + "." + settings.ending()));
        open = Optional.of(file);
        return file;
    }

    private void end(RowFile file) throws IOException {
        file.finish();
        full.add(file);
        open = Optional.empty();
    }

    @Override
    public Prepared prepare(long checkpoint) throws IOException {
        if (open.isPresent()) {
            end(open.get());
        }
        List<RowFile> sealed = full;
        full = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        for (int i = 0; i < sealed.size(); i++) {
            pending.add(names.pending());
        }
        return () -> makeDurable(checkpoint, sealed, pending);
    }

    private List<Bytes> makeDurable(long checkpoint, List<RowFile> sealed, List<String> pending) throws IOException {
        List<Bytes> transactions = new ArrayList<>(sealed.size());
        for (int i = 0; i < sealed.size(); i++) {
            Path file = sealed.get(i).path();
            prefix.upload(file, pending.get(i));
            String committed = prefix.free(names.committed(checkpoint, i));
            transactions.add(new Transaction(checkpoint, pending.get(i), committed, Files.size(file)).encode());
            Files.delete(file);
        }
        return transactions;
    }

    @Override
    public void commit(Bytes transaction) throws IOException {
        prefix.commit(Transaction.decode(transaction));
    }

    /** What is on local disk goes with the replica's folder. */
    @Override
    public void close() throws IOException {
        try {
            if (open.isPresent()) {
                open.get().finish();
            }
        } finally {
            prefix.close();
        }
    }
}
