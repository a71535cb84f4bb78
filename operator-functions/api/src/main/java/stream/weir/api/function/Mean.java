package stream.weir.api.function;

/** What an average accumulates. */
public record Mean(double sum, long count) {
    Mean plus(Mean other) {
        return new Mean(sum + other.sum, Math.addExact(count, other.count));
    }

    double value() {
        return sum / count;
    }
}
