package stream.weir.cli.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in columns as wide as their widest cell. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right;

    private Table(List<String> headings) {
        this.right = headings.stream().map(heading -> heading.startsWith(">")).toList();
        rows.add(headings.stream()
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList());
    }

    /** @param headings those of columns whose cells are set to the right begin with {@code >} */
    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    public List<String> lines() {
        int[] widths = IntStream.range(0, right.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, right.size())
                        .mapToObj(column -> padded(row.get(column), widths[column], right.get(column)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    private static String padded(String cell, int width, boolean toTheRight) {
        String space = " ".repeat(width - cell.length());
        return toTheRight ? space + cell : cell + space;
    }
}
