package stream.weir.connector.files;

import java.nio.file.Path;
import java.util.OptionalLong;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.CsvPrinter;
import stream.weir.connector.format.JsonLinesPrinter;
import stream.weir.connector.format.RowPrinter;
import stream.weir.connector.format.input.FileFormat;

/**
 * What a file sink writes, and how.
 *
 * @param format CSV or JSON lines
 * @param maxFileSize bytes after which a file is followed by another one within a checkpoint
 */
record SinkSettings(Path folder, FileFormat format, RowType rows, OptionalLong maxFileSize) {
    RowPrinter printer() {
        return switch (format) {
            case CSV -> new CsvPrinter(rows, ',');
            case JSONL -> new JsonLinesPrinter();
            case TEXT -> throw new IllegalArgumentException("rows cannot be written as text: use csv or jsonl");
        };
    }
}
