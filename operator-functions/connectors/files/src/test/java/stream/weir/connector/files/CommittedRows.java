package stream.weir.connector.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a reader of a sink's folder sees. */
final class CommittedRows {
    private CommittedRows() {}

    /** The lines of all visible files, without the header of CSV files, sorted. */
    static List<String> committedRows(Path folder) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Path file : committedFiles(folder)) {
            List<String> lines = Files.readAllLines(file);
            rows.addAll(file.toString().endsWith(".csv") ? lines.subList(1, lines.size()) : lines);
        }
        rows.sort(null);
        return rows;
    }

    static List<Path> committedFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static List<String> hiddenFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".weir-part"))
                    .sorted()
                    .toList();
        }
    }
}
