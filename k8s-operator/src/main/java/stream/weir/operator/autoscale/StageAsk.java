package stream.weir.operator.autoscale;

import java.util.Locale;
import java.util.Optional;
import stream.weir.operator.autoscale.PipelineShape.StageShape;

/**
 * What one stage asks for, on its own.
 *
 * @param utilization of the busiest replica with the present count, if nothing held the stage up; empty if not known
 * @param direction where its count should go
 * @param asked the count, within the limits; the present one if it should stay
 * @param limit what keeps it from more, where more is needed
 * @param capacity records per second with the present count
 */
record StageAsk(
        Optional<Double> utilization,
        Direction direction,
        int asked,
        ScalingReason reason,
        String why,
        Optional<ScalingReason> limit,
        double capacity) {
    /** Above this utilization a backlog does not get less. */
    private static final double FULL = 1;

    /** Utilization with which a backlog is worked off. */
    private static final double CATCHING_UP = 0.95;

    /** More replicas of a hot stage have to give this many times more. */
    private static final double WORTH = 1.2;

    /** A source that is so many seconds behind is not scaled down. */
    private static final double BEHIND_SECONDS = 15;

    /** A source that is so many seconds behind does not wait for records to come. */
    private static final double FAR_BEHIND_SECONDS = 10;

    /** A part of the time that does not matter. */
    private static final double LITTLE = 0.1;

    enum Direction {
        UP,
        STAY,
        DOWN
    }

    /** Whether a stage that is read from waits for its readers. */
    enum Upstream {
        FLOWS,
        WAITS
    }

    /** What is known of a stage when it is asked. */
    record Question(
            StageShape stage,
            ScalingSettings settings,
            Limits limits,
            int keyGroups,
            Measurement measured,
            Upstream upstream,
            Demand demand,
            double pauseSeconds) {}

    static StageAsk of(Question question) {
        Optional<LoadModel> model = model(question);
        if (model.isPresent()) {
            return new Sizing(question, model.get()).ask();
        }
        int count = question.measured().replicas();
        if (question.demand().isNothing()) {
            int least = question.limits().least();
            return new StageAsk(
                    Optional.of(0.0),
                    least < count ? Direction.DOWN : Direction.STAY,
                    least,
                    least < count ? ScalingReason.LOAD_BELOW_TARGET : ScalingReason.WITHIN_TARGET,
                    "Nothing comes in",
                    Optional.empty(),
                    0);
        }
        return new StageAsk(
                Optional.empty(),
                Direction.STAY,
                count,
                ScalingReason.NO_PROGRESS,
                ScalingReason.NO_PROGRESS.sentence(),
                Optional.empty(),
                0);
    }

    /** Empty if nothing was processed. */
    static Optional<LoadModel> model(Question question) {
        Measurement measured = question.measured();
        if (measured.trueRate().isEmpty()) {
            return Optional.empty();
        }
        int count = measured.replicas();
        double even = question.stage().isKeyed()
                ? Math.ceilDiv(question.keyGroups(), count) / (double) question.keyGroups()
                : 1.0 / count;
        return Optional.of(LoadModel.of(trueRate(question, measured.trueRate().getAsDouble()), measured, even));
    }

    /**
     * One that has something to read and yet is idle waits for what it reads from, or cannot be brought more: that time is part of
     * its work. Of a stage it shows in that those before it wait though it waits for none after it.
     */
    private static double trueRate(Question question, double byBusyTime) {
        Measurement measured = question.measured();
        boolean hasInput = question.stage().isSource()
                ? measured.lagGrowth().orElse(-1) >= 0
                        && measured.lag().orElse(0) > measured.recordsPerSecond() * FAR_BEHIND_SECONDS
                : question.upstream() == Upstream.WAITS && measured.blocked() < LITTLE;
        return hasInput && measured.idle() > LITTLE && measured.hottestBusy() < 1 - LITTLE
                ? Math.min(byBusyTime, measured.recordsPerSecond() / measured.replicas() / (1 - measured.blocked()))
                : byBusyTime;
    }

    private record Sizing(Question question, LoadModel model) {
        StageAsk ask() {
            double now = model.utilization(demand(), count());
            double catching = model.utilization(demand().catchingUp(catchUpSeconds(), 0), count());
            boolean above = now > settings().upperUtilization();
            boolean late = demand().hasBacklog() && catching > FULL;
            if (above || late) {
                return more(now, above ? ScalingReason.LOAD_ABOVE_TARGET : ScalingReason.CATCHING_UP);
            }
            boolean behind = demand().waiting() > demand().total() * BEHIND_SECONDS;
            int fewer = question.limits().within(fitting());
            if (now < settings().lowerUtilization() && !behind && fewer < count()) {
                return answer(now, Direction.DOWN, fewer, ScalingReason.LOAD_BELOW_TARGET, Optional.empty());
            }
            return answer(now, Direction.STAY, count(), ScalingReason.WITHIN_TARGET, Optional.empty());
        }

        private StageAsk more(double now, ScalingReason cause) {
            double fitting = fitting();
            int asked = question.limits().within(fitting);
            Optional<ScalingReason> limit = Optional.empty();
            if (fitting > question.limits().most()) {
                limit = Optional.of(question.limits().reason());
                if (model.hot() > LITTLE) {
                    limit = Optional.of(hotReason());
                    asked = hot(asked);
                }
            }
            return asked > count()
                    ? answer(now, Direction.UP, asked, cause, limit)
                    : answer(now, Direction.STAY, count(), limit.orElse(ScalingReason.WITHIN_TARGET), limit);
        }

        private int hot(int asked) {
            double enough = model.needed(demand(), CATCHING_UP);
            double useful = enough > asked ? model.worthwhile() : Math.max(enough, model.worthwhile());
            int worthwhile = (int) Math.min(asked, Math.ceil(useful));
            boolean gives = model.capacity(worthwhile) > model.capacity(count()) * WORTH;
            return worthwhile > count() && gives ? worthwhile : count();
        }

        private ScalingReason hotReason() {
            Measurement measured = question.measured();
            boolean asMuchWork = measured.hottestRecords() < measured.hottestPart() * 0.75;
            return asMuchWork ? ScalingReason.SLOW_REPLICA : ScalingReason.HOT_KEYS;
        }

        /** Replicas for the load at the target, and to be rid of the backlog in time; may be infinite. */
        private double fitting() {
            double steady = model.needed(demand(), settings().targetUtilization());
            Demand later = demand().catchingUp(catchUpSeconds(), question.pauseSeconds());
            double needed = Math.max(steady, model.needed(later, CATCHING_UP));
            if (question.stage().isKeyed() && needed <= question.keyGroups()) {
                return ReplicaCounts.keyed(needed, question.keyGroups());
            }
            return Math.ceil(needed);
        }

        private StageAsk answer(
                double now, Direction direction, int asked, ScalingReason reason, Optional<ScalingReason> limit) {
            return new StageAsk(
                    Optional.of(now), direction, asked, reason, sentence(now), limit, model.capacity(count()));
        }

        private String sentence(double now) {
            String text = String.format(
                    Locale.ROOT,
                    "%.0f records/s come in, a replica does %.0f/s: %.0f %% of %d replicas, target %.0f ± %.0f %%",
                    demand().total(),
                    model.trueRate(),
                    now * 100,
                    count(),
                    settings().targetUtilization() * 100,
                    settings().tolerance() * 100);
            if (demand().hasBacklog()) {
                text += String.format(Locale.ROOT, "; %.0f wait", demand().waiting());
            }
            return model.hot() > 0
                    ? text + String.format(Locale.ROOT, "; %.0f %% of them go to one replica", 100 * model.hot())
                    : text;
        }

        private Demand demand() {
            return question.demand();
        }

        private ScalingSettings settings() {
            return question.settings();
        }

        private int count() {
            return question.measured().replicas();
        }

        private double catchUpSeconds() {
            return Durations.seconds(settings().catchUp());
        }
    }
}
