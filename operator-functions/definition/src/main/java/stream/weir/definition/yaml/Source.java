package stream.weir.definition.yaml;

import java.util.List;

/** The lines of the file, to find places inside of block scalars. */
record Source(List<String> lines) {
    Source(String text) {
        this(text.lines().toList());
    }

    /** Number of blanks at the start of a line (from 1); 0 where there is no such line. */
    int indentation(int line) {
        if (line > lines.size()) {
            return 0;
        }
        String content = lines.get(line - 1);
        return content.length() - content.stripLeading().length();
    }
}
