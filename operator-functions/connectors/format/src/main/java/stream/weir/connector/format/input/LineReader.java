package stream.weir.connector.format.input;

import java.io.IOException;
import java.util.Arrays;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;
import stream.weir.connector.format.MalformedRecordException;
import stream.weir.connector.format.RowParser;

/**
 * Reads one file on from a position. A position is always that of a record's beginning: a record too long to be one is passed
 * over as a whole, however many reads that takes, before the position moves.
 */
final class LineReader implements RecordFile {
    private static final int BLOCKS_A_CALL = 16;
    private static final int SKIPPED_A_CALL = 4 << 20;
    private static final int RAW_OF_OVERLONG = 4096;

    private final RawFile raw;
    private final int maxLineLength;
    private final FileHead head;
    private final BlockBuffer buffer;
    private final RowParser parser;
    private final SourceOutput.Split<Row> out;
    private final long begin;
    private long offset;
    private long line;
    /** Bytes of an overlong record that have left the buffer; some of the first of them. */
    private long discarded;

    private byte[] overlong = {};
    private boolean arrived;

    private LineReader(
            RawFile raw, int maxLineLength, FileHead head, SplitPosition begin, SourceOutput.Split<Row> out) {
        this.raw = raw;
        this.maxLineLength = maxLineLength;
        this.head = head;
        this.buffer = head.buffer();
        this.parser = head.parser();
        this.out = out;
        this.begin = begin.offset();
        this.offset = begin.offset();
        this.line = begin.line();
    }

    /**
     * Opens the file and reads its header.
     *
     * @param position {@link SplitPosition#START} for a file not read before
     * @throws UnreadableFileException when the file is not what the schema or the position says
     */
    static LineReader open(RawFile raw, LineFormat settings, SplitPosition position, SourceOutput.Split<Row> out)
            throws IOException {
        FileHead head = FileHead.read(raw, settings);
        if (position.of("").equals(SplitPosition.START)) {
            return new LineReader(raw, settings.maxLineLength(), head, head.first(), out);
        }
        if (!head.header().equals(position.header())) {
            head.file().close();
            throw new UnreadableFileException("cannot go on reading " + raw.shown() + ": the columns were "
                    + position.header() + " when the checkpoint was taken, and are " + head.header()
                    + " now; put the file back as it was");
        }
        return new LineReader(raw, settings.maxLineLength(), head, position, out);
    }

    @Override
    public SplitPosition position() {
        return SplitPosition.at(offset, line, head.header());
    }

    @Override
    public SourceReader.Status read(int records) throws IOException {
        arrived = arrived || arrive();
        if (!arrived) {
            return SourceReader.Status.MORE;
        }
        int blocks = 0;
        for (int emitted = 0; emitted < records; ) {
            if (buffer.exhausted() && buffer.length() == 0 && discarded == 0) {
                return SourceReader.Status.END;
            }
            int next = discarded > 0 ? RowParser.INCOMPLETE : buffer.find(parser);
            if (next != RowParser.INCOMPLETE && next - buffer.start() <= maxLineLength) {
                emitted += emit(next);
            } else if (discarded > 0 || next != RowParser.INCOMPLETE || buffer.length() > maxLineLength) {
                emitted += passOver();
            }
            if (next == RowParser.INCOMPLETE && !buffer.exhausted()) {
                if (blocks++ == BLOCKS_A_CALL) {
                    break;
                }
                buffer.fill(head.file());
            }
        }
        return SourceReader.Status.MORE;
    }

    /** Goes to where the checkpoint left the file; in compressed files bit by bit. */
    private boolean arrive() throws IOException {
        long ahead = begin - (head.file().offset() - buffer.length());
        if (ahead < 0) {
            throw new UnreadableFileException("cannot go on reading " + raw.shown() + ": the checkpoint has read "
                    + begin + " bytes of it, which is less than its header now; put the file back as it was");
        }
        if (ahead <= buffer.length()) {
            buffer.take((int) ahead);
            return true;
        }
        buffer.clear();
        return head.file().advance(begin, SKIPPED_A_CALL);
    }

    private int emit(int end) {
        int lines = parser.lines();
        int emitted = 0;
        if (!parser.blank()) {
            emitted = 1;
            try {
                out.emit(parser.row());
            } catch (MalformedRecordException e) {
                malformed(bytes(end), e.getMessage());
            }
        }
        move(end - buffer.start(), lines);
        buffer.take(end - buffer.start());
        return emitted;
    }

    /** Takes the first line of an overlong record for one that is malformed, or as much of it as there is. */
    private int passOver() {
        int end = buffer.endOfLine();
        if (discarded == 0) {
            overlong = bytes(end < 0 ? buffer.end() : end);
        }
        boolean complete = end >= 0 || buffer.exhausted();
        long taken = end >= 0 ? end - buffer.start() : buffer.length();
        buffer.take((int) taken);
        discarded += taken;
        if (!complete) {
            return 0;
        }
        malformed(
                overlong,
                "a record is longer than maxLineLength (" + maxLineLength
                        + " bytes): raise that option, or see whether a quote is not closed");
        move(discarded, 1);
        discarded = 0;
        return 1;
    }

    private void malformed(byte[] record, String reason) {
        out.malformed(raw.shown() + ":" + line, record, reason);
    }

    /** The record up to {@code end} without its line end, shortened where it is overlong. */
    private byte[] bytes(int end) {
        byte[] data = buffer.data();
        int last = end;
        if (last > buffer.start() && data[last - 1] == '\n') {
            last--;
        }
        if (last > buffer.start() && data[last - 1] == '\r') {
            last--;
        }
        boolean whole = last - buffer.start() <= maxLineLength;
        return Arrays.copyOfRange(
                data, buffer.start(), whole ? last : buffer.start() + Math.min(maxLineLength, RAW_OF_OVERLONG));
    }

    private void move(long bytes, int lines) {
        offset += bytes;
        line += lines;
    }

    @Override
    public void close() throws IOException {
        head.file().close();
    }
}
