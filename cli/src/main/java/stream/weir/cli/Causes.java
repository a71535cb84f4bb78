package stream.weir.cli;

/** An error and its causes, each on a line of its own. */
final class Causes {
    private static final int MOST = 10;

    private Causes() {}

    static String describe(Throwable error) {
        StringBuilder text = new StringBuilder(message(error));
        Throwable cause = error.getCause();
        for (int i = 0; cause != null && i < MOST; i++) {
            text.append(System.lineSeparator()).append("  because: ").append(message(cause));
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String message(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getName() : message;
    }
}
