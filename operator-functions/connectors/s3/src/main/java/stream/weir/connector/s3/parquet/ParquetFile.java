package stream.weir.connector.s3.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader.Status;
import stream.weir.connector.format.input.RawFile;
import stream.weir.connector.format.input.RecordFile;
import stream.weir.connector.format.input.SplitPosition;
import stream.weir.connector.format.input.UnreadableFileException;

/** Reads one Parquet file, a row group after the other; the wanted columns of one are in memory. */
final class ParquetFile implements RecordFile {
    private final RawFile file;
    private final ParquetFileReader reader;
    private final MessageType columns;
    private final Rows rows;
    private final SourceOutput.Split<Row> out;
    private Optional<RecordReader<Row>> group = Optional.empty();
    private long leftInGroup;
    private long read;

    private ParquetFile(
            RawFile file, ParquetFileReader reader, MessageType columns, Rows rows, SourceOutput.Split<Row> out) {
        this.file = file;
        this.reader = reader;
        this.columns = columns;
        this.rows = rows;
        this.out = out;
    }

    static ParquetFile open(RawFile file, RowType rows, SplitPosition position, SourceOutput.Split<Row> out)
            throws IOException {
        try {
            ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .withCodecFactory(new PageCodecs())
                    .withUseHadoopVectoredIo(false)
                    .usePageChecksumVerification(true)
                    .build();
            ParquetFileReader reader = ParquetFileReader.open(new ParquetInput(file), options);
            MessageType columns = columns(reader.getFileMetaData().getSchema(), rows);
            reader.setRequestedSchema(columns);
            ParquetFile opened = new ParquetFile(file, reader, columns, new Rows(columns, rows), out);
            opened.skip(position.offset());
            return opened;
        } catch (IOException | RuntimeException e) {
            String shown = file.shown();
            file.close();
            throw e instanceof UnreadableFileException known
                    ? known
                    : new UnreadableFileException("cannot read " + shown + " as Parquet: " + e.getMessage(), e);
        }
    }

    private static MessageType columns(MessageType whole, RowType rows) {
        List<Type> wanted = new ArrayList<>();
        for (RowType.Column column : rows.columns()) {
            if (!whole.containsField(column.name())) {
                throw new IllegalArgumentException("there is no column " + column.name() + " among "
                        + whole.getFields().stream().map(Type::getName).toList());
            }
            wanted.add(whole.getType(column.name()));
        }
        return new MessageType(whole.getName(), wanted);
    }

    /** Goes to a row: past whole row groups by what the footer says of them, within one by reading. */
    private void skip(long target) throws IOException {
        for (BlockMetaData block : reader.getRowGroups()) {
            if (read + block.getRowCount() > target) {
                break;
            }
            reader.skipNextRowGroup();
            read += block.getRowCount();
        }
        if (read == target) {
            return;
        }
        if (!nextGroup()) {
            throw new UnreadableFileException("cannot go on reading " + file.shown() + ": the checkpoint has read "
                    + target + " rows of it, but it has only " + read + " now; put the file back as it was");
        }
        while (read < target) {
            next();
        }
    }

    private boolean nextGroup() throws IOException {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
            group = Optional.empty();
            return false;
        }
        group = Optional.of(new ColumnIOFactory().getColumnIO(columns).getRecordReader(pages, rows));
        leftInGroup = pages.getRowCount();
        return true;
    }

    private Row next() throws IOException {
        try {
            Row row = group.orElseThrow().read();
            read++;
            leftInGroup--;
            return row;
        } catch (ParquetDecodingException e) {
            throw new UnreadableFileException(
                    "cannot read row " + read + " of " + file.shown() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Status read(int records) throws IOException {
        for (int i = 0; i < records; i++) {
            while (leftInGroup == 0) {
                if (!nextGroup()) {
                    return Status.END;
                }
            }
            out.emit(next());
        }
        return Status.MORE;
    }

    @Override
    public SplitPosition position() {
        return SplitPosition.at(read, 1, List.of());
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            file.close();
        }
    }

    /** The row that was assembled last. */
    private static final class Rows extends RecordMaterializer<Row> {
        private final GroupConverter root;
        private @Nullable Row current;

        Rows(MessageType columns, RowType rows) {
            this.root = RowConverters.row(columns, rows, row -> current = row);
        }

        @Override
        public @Nullable Row getCurrentRecord() {
            return current;
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }
}
