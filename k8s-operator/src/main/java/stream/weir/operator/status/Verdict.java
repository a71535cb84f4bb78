package stream.weir.operator.status;

/** What is found of one condition now. */
public record Verdict(ConditionType type, Truth truth, Reason reason, String message) {
    /** As in Kubernetes. */
    public enum Truth {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String word;

        Truth(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static Verdict yes(ConditionType type, Reason reason, String message) {
        return new Verdict(type, Truth.TRUE, reason, message);
    }

    public static Verdict no(ConditionType type, Reason reason, String message) {
        return new Verdict(type, Truth.FALSE, reason, message);
    }

    public static Verdict unknown(ConditionType type, Reason reason, String message) {
        return new Verdict(type, Truth.UNKNOWN, reason, message);
    }
}
