package stream.weir.connector.format.input;

import java.io.IOException;
import java.util.List;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.CsvParser;
import stream.weir.connector.format.JsonLinesParser;
import stream.weir.connector.format.MalformedRecordException;
import stream.weir.connector.format.RowParser;
import stream.weir.connector.format.TextParser;

/**
 * An opened file whose byte order mark and header are read.
 *
 * @param buffer begins with the first record
 * @param header the columns that the file names; empty where it does not
 * @param first the position of the first record
 */
record FileHead(FileBytes file, BlockBuffer buffer, List<String> header, RowParser parser, SplitPosition first) {
    private static final RowType NO_ROWS = new RowType(List.of());
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /**
     * @throws UnreadableFileException when the header is not what the schema needs
     */
    static FileHead read(RawFile raw, LineFormat settings) throws IOException {
        FileBytes file = FileBytes.open(raw, settings.compression());
        try {
            BlockBuffer buffer = new BlockBuffer();
            int mark = byteOrderMark(raw, file, buffer);
            return settings.headed() ? headed(raw, settings, file, buffer) : headless(settings, file, buffer, mark);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static int byteOrderMark(RawFile raw, FileBytes file, BlockBuffer buffer) throws IOException {
        while (buffer.length() < UTF_8_MARK.length && !buffer.exhausted()) {
            buffer.fill(file);
        }
        if (buffer.startsWith(UTF_8_MARK)) {
            buffer.take(UTF_8_MARK.length);
            return UTF_8_MARK.length;
        }
        if (buffer.startsWith((byte) 0xFE, (byte) 0xFF) || buffer.startsWith((byte) 0xFF, (byte) 0xFE)) {
            throw new UnreadableFileException(
                    "cannot read " + raw.shown() + ": its text is UTF-16; convert it to UTF-8");
        }
        return 0;
    }

    private static FileHead headless(LineFormat settings, FileBytes file, BlockBuffer buffer, int mark) {
        RowParser parser =
                switch (settings.format()) {
                    case CSV -> CsvParser.of(settings.rows(), settings.csv(), settings.columns());
                    case JSONL -> JsonLinesParser.of(settings.rows());
                    case TEXT -> new TextParser();
                };
        return new FileHead(file, buffer, List.of(), parser, SplitPosition.at(mark, 1, List.of()));
    }

    private static FileHead headed(RawFile raw, LineFormat settings, FileBytes file, BlockBuffer buffer)
            throws IOException {
        RowParser lines = CsvParser.of(NO_ROWS, settings.csv(), List.of());
        int end = RowParser.INCOMPLETE;
        while (end == RowParser.INCOMPLETE && !(buffer.exhausted() && buffer.length() == 0)) {
            end = buffer.find(lines);
            if (end == RowParser.INCOMPLETE) {
                requireShort(raw, settings, buffer);
                buffer.fill(file);
            }
        }
        if (end == RowParser.INCOMPLETE) {
            return new FileHead(file, buffer, List.of(), new TextParser(), SplitPosition.START);
        }
        long offset = file.offset() - buffer.end() + end;
        List<String> header = header(raw, settings, buffer.copy(end));
        buffer.take(end - buffer.start());
        return new FileHead(
                file,
                buffer,
                header,
                parser(raw, settings, header),
                SplitPosition.at(offset, 1 + lines.lines(), header));
    }

    private static List<String> header(RawFile raw, LineFormat settings, byte[] line) throws IOException {
        try {
            return CsvParser.header(line, settings.csv());
        } catch (MalformedRecordException e) {
            throw new UnreadableFileException("cannot read the header of " + raw.shown() + ": " + e.getMessage(), e);
        }
    }

    private static RowParser parser(RawFile raw, LineFormat settings, List<String> header) throws IOException {
        try {
            return CsvParser.of(settings.rows(), settings.csv(), header);
        } catch (IllegalArgumentException e) {
            throw new UnreadableFileException("cannot read " + raw.shown() + ": " + e.getMessage(), e);
        }
    }

    private static void requireShort(RawFile raw, LineFormat settings, BlockBuffer buffer) throws IOException {
        if (buffer.length() > settings.maxLineLength()) {
            throw new UnreadableFileException("cannot read " + raw.shown()
                    + ": its header is longer than maxLineLength (" + settings.maxLineLength() + " bytes); is it CSV?");
        }
    }
}
