package stream.weir.connector.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import stream.weir.connector.format.input.RawFile;
import stream.weir.connector.format.input.UnreadableFileException;

/** A file of this machine. */
final class LocalFile implements RawFile {
    private final Path path;
    private final FileChannel channel;

    private LocalFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static LocalFile open(Path path) throws UnreadableFileException {
        try {
            return new LocalFile(path, FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw new UnreadableFileException("cannot open " + path + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "it does not exist";
            case AccessDeniedException denied -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public String shown() {
        return path.toString();
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void position(long offset) throws IOException {
        channel.position(offset);
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer, from, length));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
