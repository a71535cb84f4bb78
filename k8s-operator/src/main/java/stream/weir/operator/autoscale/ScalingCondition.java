package stream.weir.operator.autoscale;

/** A condition of a stage's status, named as those of a HorizontalPodAutoscaler. */
public record ScalingCondition(Type type, Status status, ScalingReason reason, String message) {
    /** What is said to be so, or not to be so. */
    public enum Type {
        /** Whether the autoscaler can and may set the count. */
        AUTOSCALING_ACTIVE("AutoscalingActive"),
        /** Whether something keeps the stage from the count that its load asks for. */
        SCALING_LIMITED("ScalingLimited");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As it stands in the status. */
        public String word() {
            return word;
        }
    }

    /** As in Kubernetes. */
    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** As it stands in the status. */
        public String word() {
            return word;
        }
    }
}
