package stream.weir.runtime.stage;

/** An exception and its causes in one line each, for messages that cross a process boundary. */
final class Causes {
    private static final int MOST_CAUSES = 10;

    private Causes() {}

    static String describe(Throwable error) {
        StringBuilder text = new StringBuilder();
        Throwable each = error;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            text.append(i == 0 ? "" : "; caused by ").append(each);
            each = each.getCause();
        }
        return text.toString();
    }
}
