package stream.weir.connector.s3.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compression of pages without Hadoop's codecs: none, gzip, snappy, zstd. */
final class PageCodecs implements CompressionCodecFactory {
    private static final int ZSTD_LEVEL = 3;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Pages(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Pages(codec);
    }

    @Override
    public void release() {}

    private record Pages(CompressionCodecName codec) implements BytesInputCompressor, BytesInputDecompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return switch (codec) {
                case UNCOMPRESSED -> page;
                case GZIP -> BytesInput.from(gzipped(page.toByteArray()));
                case SNAPPY -> BytesInput.from(Snappy.compress(page.toByteArray()));
                case ZSTD -> BytesInput.from(Zstd.compress(page.toByteArray(), ZSTD_LEVEL));
                case LZO, BROTLI, LZ4, LZ4_RAW -> throw unknown();
            };
        }

        @Override
        public BytesInput decompress(BytesInput page, int bytes) throws IOException {
            return codec == CompressionCodecName.UNCOMPRESSED
                    ? page
                    : BytesInput.from(decompressed(page.toByteArray(), bytes));
        }

        @Override
        public void decompress(ByteBuffer page, int compressed, ByteBuffer out, int bytes) throws IOException {
            byte[] in = new byte[compressed];
            page.get(in);
            out.put(decompressed(in, bytes));
        }

        private byte[] decompressed(byte[] page, int bytes) throws IOException {
            byte[] content =
                    switch (codec) {
                        case UNCOMPRESSED -> page;
                        case GZIP -> {
                            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
                                yield in.readNBytes(bytes);
                            }
                        }
                        case SNAPPY -> Snappy.uncompress(page);
                        case ZSTD -> Zstd.decompress(page, bytes);
                        case LZO, BROTLI, LZ4, LZ4_RAW -> throw unknown();
                    };
            if (content.length != bytes) {
                throw new IOException("a page has " + content.length + " bytes instead of " + bytes);
            }
            return content;
        }

        private IOException unknown() {
            return new IOException("pages are compressed with " + codec + "; known are none, GZIP, SNAPPY and ZSTD");
        }

        private static byte[] gzipped(byte[] page) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(page.length / 2 + 64);
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(page);
            }
            return bytes.toByteArray();
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}
    }
}
