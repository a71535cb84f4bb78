package stream.weir.operator.autoscale;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Robust figures of a series. */
final class Trend {
    private Trend() {}

    /** @param seconds when, from any beginning */
    record Point(double seconds, double value) {}

    /**
     * Growth per second: the median of the slopes between all pairs of points, which a minority of wrong points does not move (Theil
     * 1950, Sen 1968). Empty for fewer than two points.
     */
    static OptionalDouble slope(List<Point> points) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        int pairs = points.size() * (points.size() - 1) / 2;
        double[] slopes = new double[pairs];
        int next = 0;
        for (int later = 1; later < points.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                slopes[next++] = (points.get(later).value()
                                - points.get(earlier).value())
                        / (points.get(later).seconds() - points.get(earlier).seconds());
            }
        }
        return OptionalDouble.of(median(slopes));
    }

    /** Of a series that is not empty; sorts it. */
    static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
