package stream.weir.operator.autoscale;

/** Why a stage has, or should have, as many replicas; the same word in status, condition, event, metric and log. */
public enum ScalingReason {
    WITHIN_TARGET("WithinTarget", "The replicas are as busy as they should be."),
    LOAD_ABOVE_TARGET("LoadAboveTarget", "The replicas are, or would be, busier than they should be."),
    LOAD_BELOW_TARGET("LoadBelowTarget", "Fewer replicas would do."),
    CATCHING_UP("CatchingUp", "The backlog would not be worked off in time."),
    TIED("Tied", "A stage that is connected by forward needs as many replicas."),
    WAITING("Waiting", "Another count is wanted, but has not been for long enough."),
    COOLDOWN("Cooldown", "Another count is wanted, but the last scaling was a short time ago."),
    RECOMMENDING("Recommending", "Another count is recommended; the mode Recommend changes nothing."),
    MIN_REACHED("MinReached", "The least count that is allowed stays."),
    MAX_REACHED("MaxReached", "More replicas are wanted than are allowed."),
    KEY_GROUPS_REACHED("KeyGroupsReached", "More replicas are wanted than there are key groups."),
    SPLITS_REACHED("SplitsReached", "More replicas are wanted than the source has parts to read."),
    STEP_LIMITED("StepLimited", "More is wanted than one step may change."),
    HOT_KEYS("HotKeys", "Too much of the load is on few keys; more replicas would not help."),
    SLOW_REPLICA("SlowReplica", "One replica is slower than the others at as much work; more replicas would not help."),
    OUTSIDE_LIMIT("OutsideLimit", "More replicas did not help: what the stage writes to takes no more."),
    INEFFECTIVE("Ineffective", "More replicas did not help."),
    PODS_MISSING("PodsMissing", "The processes of more replicas did not come up."),
    RESCALING("Rescaling", "A change of the count is under way."),
    NO_FIGURES("NoFigures", "There are not enough figures of the present run yet."),
    NO_PROGRESS("NoProgress", "The stage has work and processes nothing; how much a replica can do is not known."),
    NOT_RUNNING("NotRunning", "The pipeline is not running."),
    FINISHING("Finishing", "Replicas have come to the end of their input."),
    OFF("Off", "Autoscaling is off for the stage."),
    NOT_LIMITED("NotLimited", "Nothing keeps the stage from the count that it needs.");

    private final String word;
    private final String sentence;

    ScalingReason(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /** For conditions and events. */
    public String word() {
        return word;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }

    /** Whether it keeps a stage from a count that its load asks for. */
    boolean limits() {
        return switch (this) {
            case MAX_REACHED,
                    KEY_GROUPS_REACHED,
                    SPLITS_REACHED,
                    STEP_LIMITED,
                    HOT_KEYS,
                    SLOW_REPLICA,
                    OUTSIDE_LIMIT,
                    INEFFECTIVE,
                    PODS_MISSING,
                    MIN_REACHED,
                    COOLDOWN -> true;
            default -> false;
        };
    }
}
