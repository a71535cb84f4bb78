package stream.weir.network;

/** Errors as text, for the other side of a connection. */
final class Texts {
    private static final int LONGEST = 2_000;

    private Texts() {}

    /** Message and causes; cut where it would not fit into a packet. */
    static String of(Throwable error) {
        StringBuilder text = new StringBuilder(one(error));
        for (Throwable cause = error.getCause(); cause != null && text.length() < LONGEST; cause = cause.getCause()) {
            text.append("; caused by ").append(one(cause));
        }
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST) + "...";
    }

    private static String one(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }
}
