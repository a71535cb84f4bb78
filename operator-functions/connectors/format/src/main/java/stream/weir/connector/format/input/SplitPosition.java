package stream.weir.connector.format.input;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;

/**
 * How far a file is read.
 *
 * @param offset bytes, after decompression, before the next record; in formats of other kinds what they count
 * @param line number of the line where the next record begins, from 1
 * @param header names of the columns where a line of the file told them; empty for a finished file
 * @param version of the content that was read; empty where the place cannot tell
 * @param modifiedMillis of a finished file; 0 where it is not known
 */
public record SplitPosition(
        Progress progress, long offset, long line, List<String> header, String version, long modifiedMillis) {
    /** Whether records are left. */
    enum Progress {
        BEGUN,
        FINISHED
    }

    /** Nothing is read. */
    public static final SplitPosition START = at(0, 1, List.of());

    /** Without version and time of modification. */
    private static final int FIRST_VERSION = 1;

    private static final int VERSION = 2;

    /** Of a file that has more. */
    public static SplitPosition at(long offset, long line, List<String> header) {
        return new SplitPosition(Progress.BEGUN, offset, line, header, "", 0);
    }

    SplitPosition of(String content) {
        return new SplitPosition(progress, offset, line, header, content, modifiedMillis);
    }

    SplitPosition finished(long modified) {
        return new SplitPosition(Progress.FINISHED, offset, line, List.of(), "", modified);
    }

    boolean isFinished() {
        return progress == Progress.FINISHED;
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeBoolean(isFinished());
        out.writeVarLong(offset);
        out.writeVarLong(line);
        out.writeVarInt(header.size());
        header.forEach(out::writeString);
        out.writeString(version);
        out.writeVarLong(modifiedMillis);
        return Bytes.of(out.toByteArray());
    }

    /**
     * @throws MalformedDataException when the bytes are no position of a file
     */
    static SplitPosition decode(String split, Bytes bytes) {
        ByteReader in = new ByteReader(bytes.toByteArray());
        int version = in.readByte();
        if (version != FIRST_VERSION && version != VERSION) {
            throw new MalformedDataException("the position of the file " + split + " is of version " + version
                    + ", this reader knows " + FIRST_VERSION + " and " + VERSION
                    + ": it was written by another kind of source or a newer Weir");
        }
        Progress progress = in.readBoolean() ? Progress.FINISHED : Progress.BEGUN;
        long offset = in.readVarLong();
        long line = in.readVarLong();
        int size = in.readLength();
        List<String> header = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            header.add(in.readString());
        }
        boolean first = version == FIRST_VERSION;
        return new SplitPosition(
                progress,
                offset,
                line,
                List.copyOf(header),
                first ? "" : in.readString(),
                first ? 0 : in.readVarLong());
    }
}
