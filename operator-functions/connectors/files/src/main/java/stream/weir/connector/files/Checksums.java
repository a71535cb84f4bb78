package stream.weir.connector.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Checksums of files. */
final class Checksums {
    private Checksums() {}

    static int crc32c(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] block = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                checksum.update(block, 0, count);
            }
        }
        return (int) checksum.getValue();
    }
}
