package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Rows of CSV files without quotes, as the test data are. */
public final class Rows {
    private static final double TOLERANCE = 1e-6;

    private Rows() {}

    /** All rows that a reader of a sink's folder sees, without the header lines; files that begin with a dot are not read. */
    public static List<List<String>> committed(Path folder) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return rows;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    List<List<String>> all = of(file);
                    rows.addAll(all.subList(1, all.size()));
                }
            }
        }
        return rows;
    }

    /** All lines of a file, the header too. */
    public static List<List<String>> of(Path file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (BufferedReader reader = open(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(List.of(line.split(",", -1)));
            }
        }
        return rows;
    }

    /** Holds rows in any order against each other; numbers agree to 1e-6. */
    public static void assertSame(List<List<String>> actual, List<List<String>> expected) {
        assertThat(actual).as("number of rows").hasSameSizeAs(expected);
        List<List<String>> left = sorted(actual);
        List<List<String>> right = sorted(expected);
        for (int i = 0; i < left.size(); i++) {
            assertThat(same(left.get(i), right.get(i)))
                    .as("row %s, expected %s", left.get(i), right.get(i))
                    .isTrue();
        }
    }

    private static boolean same(List<String> left, List<String> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i).equals(right.get(i)) && !sameNumber(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameNumber(String left, String right) {
        try {
            return Math.abs(Double.parseDouble(left) - Double.parseDouble(right)) <= TOLERANCE;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    /** By the columns that are no fractions: keys and windows come first in every row. */
    private static List<List<String>> sorted(List<List<String>> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(
                                (List<String> row) -> String.join(",", row.subList(0, Math.min(3, row.size()))))
                        .thenComparing(row -> String.join(",", row)))
                .toList();
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : Files.newInputStream(file),
                StandardCharsets.UTF_8));
    }
}
