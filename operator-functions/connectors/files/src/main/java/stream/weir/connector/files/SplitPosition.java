package stream.weir.connector.files;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;

/**
 * How far a file is read.
 *
 * @param offset bytes, after decompression, before the next record
 * @param line number of the line where the next record begins, from 1
 * @param header names of the columns where a line of the file told them; empty for a finished file
 */
record SplitPosition(Progress progress, long offset, long line, List<String> header) {
    /** Whether records are left. */
    enum Progress {
        BEGUN,
        FINISHED
    }

    static final SplitPosition START = new SplitPosition(Progress.BEGUN, 0, 1, List.of());

    private static final int VERSION = 1;

    boolean finished() {
        return progress == Progress.FINISHED;
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeBoolean(finished());
        out.writeVarLong(offset);
        out.writeVarLong(line);
        out.writeVarInt(header.size());
        header.forEach(out::writeString);
        return Bytes.of(out.toByteArray());
    }

    /**
     * @throws MalformedDataException when the bytes are no position of a file
     */
    static SplitPosition decode(String split, Bytes bytes) {
        ByteReader in = new ByteReader(bytes.toByteArray());
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedDataException("the position of the file " + split + " is of version " + version
                    + ", this reader knows " + VERSION + ": it was written by another kind of source or a newer Weir");
        }
        Progress progress = in.readBoolean() ? Progress.FINISHED : Progress.BEGUN;
        long offset = in.readVarLong();
        long line = in.readVarLong();
        int size = in.readLength();
        List<String> header = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            header.add(in.readString());
        }
        return new SplitPosition(progress, offset, line, List.copyOf(header));
    }
}
