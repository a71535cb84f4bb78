package stream.weir.runtime.snapshot;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.CorruptStateException;

/** Checks length and checksum of an object while it is read; the end is reported only when both are right. */
final class CheckedObjectStream extends FilterInputStream {
    private final StoredObject object;
    private final String location;
    private final CRC32C crc = new CRC32C();
    private long read;

    CheckedObjectStream(InputStream in, StoredObject object, String location) {
        super(in);
        this.object = object;
        this.location = location;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count < 0) {
            verify();
        } else {
            crc.update(target, offset, count);
            read += count;
            if (read > object.bytes()) {
                throw corrupt("it has more than the " + object.bytes() + " bytes that the manifest says");
            }
        }
        return count;
    }

    /** Skipped bytes are read, as they are part of the checksum. */
    @Override
    public long skip(long bytes) throws IOException {
        byte[] skipped = new byte[(int) Math.min(8192, Math.max(0, bytes))];
        int count = read(skipped, 0, skipped.length);
        return Math.max(0, count);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() throws CorruptStateException {
        if (read != object.bytes()) {
            throw corrupt("it has " + read + " bytes, the manifest says " + object.bytes());
        }
        int found = (int) crc.getValue();
        if (found != object.crc32c()) {
            throw corrupt(String.format("CRC32C is %08x, the manifest says %08x", found, object.crc32c()));
        }
    }

    private CorruptStateException corrupt(String what) {
        return new CorruptStateException("Cannot restore from " + location + ": " + object.name() + ": " + what);
    }
}
