package stream.weir.operator.autoscale;

/**
 * One thing that is wrong with the settings of a stage.
 *
 * @param path where, as {@code spec.stages[2].scale.max}
 * @param value what stands there
 * @param why why it cannot stand there, with the other values that matter, and what could
 */
public record ScalingProblem(String path, String value, String why) {
    @Override
    public String toString() {
        return path + ": " + value + " " + why;
    }
}
