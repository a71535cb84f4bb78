package stream.weir.connector.s3.parquet;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Writes one Parquet file on local disk. A row group is in memory until it is full. */
public final class ParquetOutput implements AutoCloseable {
    private static final long ROW_GROUP = 32L << 20;

    private final ParquetWriter<Row> writer;

    private ParquetOutput(ParquetWriter<Row> writer) {
        this.writer = writer;
    }

    /** @param codec {@code none}, {@code gzip}, {@code snappy} or {@code zstd} */
    public static ParquetOutput create(Path file, RowType rows, String codec) throws IOException {
        return new ParquetOutput(new Builder(new LocalOutputFile(file), rows)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs())
                .withCompressionCodec(codec(codec))
                .withRowGroupSize(ROW_GROUP)
                .withPageWriteChecksumEnabled(true)
                .build());
    }

    private static CompressionCodecName codec(String codec) {
        return switch (codec) {
            case "none" -> CompressionCodecName.UNCOMPRESSED;
            case "gzip" -> CompressionCodecName.GZIP;
            case "snappy" -> CompressionCodecName.SNAPPY;
            case "zstd" -> CompressionCodecName.ZSTD;
            default -> throw new IllegalArgumentException("no compression of Parquet here is called " + codec);
        };
    }

    public void write(Row row) throws IOException {
        writer.write(row);
    }

    /** Bytes so far, about. */
    public long length() {
        return writer.getDataSize();
    }

    /** Writes the footer: only then the file is whole. */
    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
        private final RowType rows;

        Builder(OutputFile file, RowType rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return new ParquetRows(rows);
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return new ParquetRows(rows);
        }
    }
}
