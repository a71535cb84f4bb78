package stream.weir.codegen;

/** Java source that grows line by line, indented by its braces. */
final class Source {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    Source line(String line) {
        text.append("    ".repeat(depth)).append(line).append('\n');
        return this;
    }

    Source blank() {
        text.append('\n');
        return this;
    }

    /** The line, an opening brace, and one step to the right. */
    Source open(String line) {
        line(line + " {");
        depth++;
        return this;
    }

    Source close() {
        return close("");
    }

    /** A closing brace and what follows it on the line. */
    Source close(String rest) {
        depth--;
        return line("}" + rest);
    }

    /** Lines that were made elsewhere. */
    Source append(Source other) {
        other.text.toString().lines().forEach(line -> {
            if (line.isEmpty()) {
                blank();
            } else {
                line(line);
            }
        });
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
