package stream.weir.runtime.stage;

/**
 * An exception and its causes in one line, for messages that cross a process boundary. A cause whose message is in that of an
 * exception around it is not said again.
 */
final class Causes {
    private static final int MOST_CAUSES = 10;

    private Causes() {}

    static String describe(Throwable error) {
        StringBuilder text = new StringBuilder();
        Throwable each = error;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            String message = each.getMessage();
            if (message == null || message.isEmpty() || text.indexOf(message) < 0) {
                text.append(i == 0 ? "" : "; caused by ").append(each);
            }
            each = each.getCause();
        }
        return text.toString();
    }
}
