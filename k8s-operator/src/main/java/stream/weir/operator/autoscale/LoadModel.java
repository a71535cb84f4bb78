package stream.weir.operator.autoscale;

/**
 * How busy the busiest replica of a stage is, by the count of replicas. One part of the load goes to one replica whatever the count
 * (hot keys, a slow replica), one goes to each (broadcast), the rest is shared; so more replicas help less and less, as in Amdahl's
 * law.
 *
 * @param trueRate records that a replica can read in a second
 * @param hot part of the shared records that stays on one replica, 0 to 1
 */
record LoadModel(double trueRate, double hot) {
    /** An imbalance up to so many times the even share is noise. */
    private static final double NOISE = 1.2;

    /** Below this busy time of the hottest replica imbalance says nothing. */
    private static final double TOO_IDLE = 0.05;

    /** Of a hot stage, so much of what is possible at best is enough. */
    private static final double GOOD_ENOUGH = 0.8;

    static LoadModel of(double trueRate, Measurement measured, double evenPart) {
        int count = measured.loads().size();
        double part = measured.hottestPart();
        boolean even = count < 2 || part < evenPart * NOISE || measured.hottestBusy() < TOO_IDLE;
        return new LoadModel(trueRate, even ? 0 : Math.clamp((part - evenPart) / (1 - evenPart), 0, 1));
    }

    /** Utilization of the busiest replica; above 1 where it cannot be done. */
    double utilization(Demand demand, double count) {
        return (demand.shared() * (hot + (1 - hot) / count) + demand.copied()) / trueRate;
    }

    /** Replicas with which the busiest is as busy as that; infinite if there is no such count. */
    double needed(Demand demand, double utilization) {
        double left = trueRate * utilization - demand.copied() - hot * demand.shared();
        double shared = (1 - hot) * demand.shared();
        return left <= 0 ? (demand.isNothing() ? 0 : Double.POSITIVE_INFINITY) : shared / left;
    }

    /** Records that so many replicas can read in a second of what is shared. */
    double capacity(double count) {
        return trueRate / (hot + (1 - hot) / count);
    }

    /** With how many replicas a stage with hot keys does most of what it can do with any count. */
    double worthwhile() {
        return hot == 0 ? Double.POSITIVE_INFINITY : (1 - hot) / (hot / GOOD_ENOUGH - hot);
    }
}
