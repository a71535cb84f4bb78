package stream.weir.operator.autoscale;

import java.util.Arrays;
import java.util.Optional;

/** What the autoscaler may do with a stage. */
public enum ScalingMode {
    /** It sets the number of replicas. */
    AUTO("Auto"),
    /** It says in the status what it would do, and does nothing. */
    RECOMMEND("Recommend"),
    /** It takes the number of replicas as given. */
    OFF("Off");

    private final String word;

    ScalingMode(String word) {
        this.word = word;
    }

    /** As it is spelled in a pipeline. */
    public String word() {
        return word;
    }

    static Optional<ScalingMode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
