package stream.weir.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.cli.answer.Value;

/** A line of kubectl's, with its pod before it. */
final class LogLine {
    private static final Pattern PREFIXED = Pattern.compile("\\[pod/([^/\\]]+)/([^\\]]+)] ?(.*)", Pattern.DOTALL);

    private LogLine() {}

    /** As data; a line without a pod is kubectl's own. */
    static Value of(String line) {
        Matcher found = PREFIXED.matcher(line);
        return found.matches()
                ? Value.fields()
                        .with("pod", found.group(1))
                        .with("container", found.group(2))
                        .with("line", found.group(3))
                        .build()
                : Value.fields().with("line", line).build();
    }
}
