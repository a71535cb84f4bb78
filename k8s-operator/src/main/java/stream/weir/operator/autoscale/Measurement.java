package stream.weir.operator.autoscale;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * What a stage did in the last time.
 *
 * @param replicas of the present run, those without figures too
 * @param loads of those with figures; not empty
 * @param sentPerSecond records by the stage that reads them, of all replicas; empty where it was not counted
 * @param lag records that wait outside, at the end
 * @param lagGrowth records per second; below 0 while a backlog is worked off
 */
record Measurement(
        int replicas,
        List<Load> loads,
        Map<String, Double> sentPerSecond,
        OptionalLong lag,
        OptionalDouble lagGrowth,
        OptionalLong stateBytes) {
    Measurement {
        loads = List.copyOf(loads);
        sentPerSecond = Map.copyOf(sentPerSecond);
    }

    /** Of one replica: records read per second, and shares of its time. */
    record Load(double recordsPerSecond, double busy, double blocked) {}

    /** Records read per second by all replicas; those without figures are taken to be like the others. */
    double recordsPerSecond() {
        return mean(Load::recordsPerSecond) * replicas;
    }

    double busy() {
        return mean(Load::busy);
    }

    double blocked() {
        return mean(Load::blocked);
    }

    double idle() {
        return Math.max(0, 1 - busy() - blocked());
    }

    double hottestBusy() {
        return loads.stream().mapToDouble(Load::busy).max().orElse(0);
    }

    /** Of the busy time of all replicas, the part of the busiest. */
    double hottestPart() {
        return part(hottestBusy(), loads.stream().mapToDouble(Load::busy).sum());
    }

    /** Of all records, the part that the busiest replica read. */
    double hottestRecords() {
        double hottest = hottestBusy();
        double read = loads.stream()
                .filter(load -> load.busy() == hottest)
                .mapToDouble(Load::recordsPerSecond)
                .max()
                .orElse(0);
        return part(read, loads.stream().mapToDouble(Load::recordsPerSecond).sum());
    }

    /**
     * Records that one replica reads in a second in which it is busy all the time; DS2's true processing rate. Empty where nothing
     * was read.
     */
    OptionalDouble trueRate() {
        double busy = busy();
        double rate = mean(Load::recordsPerSecond);
        return rate > 0 && busy > 0 ? OptionalDouble.of(rate / busy) : OptionalDouble.empty();
    }

    private double part(double one, double all) {
        return all > 0 ? one / all : 1.0 / loads.size();
    }

    private double mean(ToDoubleFunction<Load> of) {
        return loads.stream().mapToDouble(of).average().orElse(0);
    }
}
