package stream.weir.operator.autoscale;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import stream.weir.operator.autoscale.PipelineShape.Distribution;

/**
 * A stage as a fluid: each replica has a queue and takes so long for a record. A replica stops when one of those that it sends to has
 * its queue full.
 */
final class SimulatedStage {
    /** Of a second's work, what fits into the queue of a replica: the credit of its links. */
    private static final double QUEUE_SECONDS = 0.5;

    private final PipelineShape.StageShape shape;
    private final Costs costs;
    private final RandomGenerator random;

    private final Map<Distribution, double[]> weights = new EnumMap<>(Distribution.class);
    private SimulatedReplica[] replicas;
    private double lag;

    /**
     * @param secondsPerRecord of a replica
     * @param selectivity records sent to each reader for each one read
     * @param outsideLimit records per second that what it writes to takes from all replicas together
     * @param hotPart of the records that are of one key
     * @param noise of the time for a record, from tick to tick, as a part of it
     */
    record Costs(double secondsPerRecord, double selectivity, double outsideLimit, double hotPart, double noise) {
        static Costs of(double secondsPerRecord) {
            return new Costs(secondsPerRecord, 1, Double.POSITIVE_INFINITY, 0, 0.1);
        }

        Costs selectivity(double other) {
            return new Costs(secondsPerRecord, other, outsideLimit, hotPart, noise);
        }

        Costs outsideLimit(double other) {
            return new Costs(secondsPerRecord, selectivity, other, hotPart, noise);
        }

        Costs hotPart(double other) {
            return new Costs(secondsPerRecord, selectivity, outsideLimit, other, noise);
        }

        Costs noise(double other) {
            return new Costs(secondsPerRecord, selectivity, outsideLimit, hotPart, other);
        }
    }

    SimulatedStage(PipelineShape.StageShape shape, Costs costs, int count, RandomGenerator random) {
        this.shape = shape;
        this.costs = costs;
        this.random = random;
        this.replicas = begun(count);
    }

    String name() {
        return shape.name();
    }

    PipelineShape.StageShape shape() {
        return shape;
    }

    Costs costs() {
        return costs;
    }

    int count() {
        return replicas.length;
    }

    double lag() {
        return lag;
    }

    void arrive(double records) {
        lag += records;
    }

    /** A new run with so many replicas; what was in queues is read again by nobody, as a checkpoint was taken before. */
    void restart(int count) {
        double queued =
                Arrays.stream(replicas).mapToDouble(replica -> replica.queue).sum();
        replicas = begun(count);
        weights.clear();
        double[] parts = weights(shape.isKeyed() ? Distribution.BY_KEY : Distribution.REBALANCE);
        for (int index = 0; index < count; index++) {
            replicas[index].queue = queued * parts[index];
        }
    }

    void work(double seconds, List<SimulatedStage> readers) {
        double outside = costs.outsideLimit() * seconds / count();
        for (int index = 0; index < count(); index++) {
            SimulatedReplica replica = replicas[index];
            double cost = costs.secondsPerRecord() * (1 + costs.noise() * Math.clamp(random.nextGaussian(), -2.5, 2.5));
            double input = shape.isSource() ? lag / (count() - index) : replica.queue;
            double able = Math.min(seconds / cost, outside);
            double room = room(readers) / costs.selectivity() / (count() - index);
            double done = Math.max(0, Math.min(Math.min(input, able), room));
            boolean held = room < Math.min(input, able);
            boolean waitsOutside = !held && done == outside && outside < seconds / cost;
            double busy = waitsOutside ? seconds : Math.min(seconds, done * cost);
            replica.advance(done, seconds, busy, held ? seconds - busy : 0);
            if (shape.isSource()) {
                lag -= done;
            } else {
                replica.queue -= done;
            }
            for (SimulatedStage reader : readers) {
                replica.sent.merge(reader.name(), done * costs.selectivity(), Double::sum);
                reader.take(shape.name(), done * costs.selectivity());
            }
        }
    }

    Observation.Stage observed(int wanted, RandomGenerator noise) {
        return new Observation.Stage(
                shape.name(),
                wanted,
                count(),
                OptionalLong.of(100_000_000L),
                shape.isSource() ? OptionalLong.of(Math.round(lag)) : OptionalLong.empty(),
                IntStream.range(0, count())
                        .filter(_ -> noise.nextDouble() > 0.01)
                        .mapToObj(index -> replicas[index].observed(index, shape.name()))
                        .toList());
    }

    private double room(List<SimulatedStage> readers) {
        double least = Double.MAX_VALUE;
        for (SimulatedStage reader : readers) {
            least = Math.min(least, reader.room(shape.name()));
        }
        return least;
    }

    private double room(String from) {
        double[] parts = weights(distribution(from));
        double least = Double.MAX_VALUE;
        for (int index = 0; index < count(); index++) {
            if (parts[index] > 0) {
                least = Math.min(
                        least,
                        Math.max(0, QUEUE_SECONDS / costs.secondsPerRecord() - replicas[index].queue) / parts[index]);
            }
        }
        return least;
    }

    private void take(String from, double records) {
        double[] parts = weights(distribution(from));
        for (int index = 0; index < count(); index++) {
            replicas[index].queue += records * parts[index];
        }
    }

    private Distribution distribution(String from) {
        for (PipelineShape.Input input : shape.inputs()) {
            if (input.from().equals(from)) {
                return input.distribution();
            }
        }
        throw new IllegalArgumentException(shape.name() + " does not read from " + from);
    }

    private double[] weights(Distribution distribution) {
        return weights.computeIfAbsent(distribution, this::divided);
    }

    private double[] divided(Distribution distribution) {
        double[] parts = new double[count()];
        double hot = distribution == Distribution.BY_KEY ? costs.hotPart() : 0;
        Arrays.fill(parts, (1 - hot) / count());
        parts[count() / 2] += hot;
        return parts;
    }

    private static SimulatedReplica[] begun(int count) {
        SimulatedReplica[] all = new SimulatedReplica[count];
        Arrays.setAll(all, _ -> new SimulatedReplica());
        return all;
    }

    private static final class SimulatedReplica {
        private final Map<String, Double> sent = new HashMap<>();
        private double queue;
        private double records;
        private double up;
        private double busy;
        private double blocked;

        void advance(double done, double seconds, double worked, double held) {
            records += done;
            up += seconds;
            busy += worked;
            blocked += held;
        }

        Observation.Replica observed(int index, String stage) {
            Map<String, Long> counts = new HashMap<>();
            sent.forEach((to, count) -> counts.put(to, Math.round(count)));
            return new Observation.Replica(
                    index,
                    stage + "-" + index,
                    false,
                    Math.round(records),
                    duration(up),
                    duration(busy),
                    duration(blocked),
                    counts);
        }

        private static Duration duration(double seconds) {
            return Duration.ofNanos(Math.round(seconds * 1e9));
        }
    }
}
