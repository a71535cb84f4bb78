package stream.weir.connector.s3;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.row.Row;
import stream.weir.connector.format.CsvPrinter;
import stream.weir.connector.format.JsonLinesPrinter;
import stream.weir.connector.format.RowPrinter;

/** Rows as lines. */
final class LineRowFile implements RowFile {
    private static final int BLOCK = 64 * 1024;

    private final Path path;
    private final Counted counted;
    private final OutputStream out;
    private final RowPrinter printer;
    private final ByteWriter buffer = new ByteWriter(BLOCK + 4096);

    private LineRowFile(Path path, Counted counted, OutputStream out, RowPrinter printer) {
        this.path = path;
        this.counted = counted;
        this.out = out;
        this.printer = printer;
    }

    static LineRowFile create(Path path, SinkSettings settings) throws IOException {
        Counted counted = new Counted(
                new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), BLOCK));
        OutputStream out = settings.compression().equals("gzip") ? new GZIPOutputStream(counted, BLOCK) : counted;
        RowPrinter printer =
                switch (settings.format()) {
                    case CSV -> new CsvPrinter(settings.rows(), ',');
                    case JSONL -> new JsonLinesPrinter();
                    case PARQUET -> throw new IllegalArgumentException("Parquet has no lines");
                };
        LineRowFile file = new LineRowFile(path, counted, out, printer);
        printer.header(file.buffer);
        return file;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public void write(Row row) throws IOException {
        printer.row(row, buffer);
        if (buffer.size() >= BLOCK) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.write(buffer.buffer(), 0, buffer.size());
        buffer.reset();
    }

    @Override
    public long length() {
        return counted.bytes + buffer.size();
    }

    @Override
    public void finish() throws IOException {
        flush();
        out.close();
    }

    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long bytes;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] data, int from, int length) throws IOException {
            out.write(data, from, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
