package stream.weir.operator.autoscale;

/**
 * Records that come to a stage.
 *
 * @param shared per second, to be divided among the replicas
 * @param copied per second, to each of the replicas (broadcast)
 * @param waiting that wait outside now and will come in addition
 */
record Demand(double shared, double copied, double waiting) {
    static final Demand NONE = new Demand(0, 0, 0);

    /** Of a backlog, what comes in so many seconds is not one: a source always has something to read. */
    private static final double USUAL_SECONDS = 2;

    Demand plus(Demand other) {
        return new Demand(shared + other.shared, copied + other.copied, waiting + other.waiting);
    }

    Demand times(double factor) {
        return new Demand(shared * factor, copied * factor, waiting * factor);
    }

    /**
     * What of it flows when somewhere only so many times as much can be processed; above 1 leaves room for a backlog.
     *
     * @param catchUpSeconds in which a backlog would have to be worked off
     */
    Demand flowing(double most, double catchUpSeconds) {
        double part = Math.min(1, most);
        double behind = Math.max(0, most - 1) * total() * catchUpSeconds;
        return new Demand(shared * part, copied * part, Math.min(waiting, behind));
    }

    /** What leaves a stage of this demand to one that reads from it. */
    Demand through(double selectivity, boolean broadcast) {
        double all = total() * selectivity;
        double behind = waiting * selectivity;
        return broadcast ? new Demand(0, all, behind) : new Demand(all, 0, behind);
    }

    double total() {
        return shared + copied;
    }

    boolean isNothing() {
        return total() <= 0;
    }

    boolean hasBacklog() {
        return waiting > total() * USUAL_SECONDS + 1;
    }

    /**
     * With what has to be worked off in addition, to be rid of the backlog in that time.
     *
     * @param pauseSeconds during which nothing is processed, before
     */
    Demand catchingUp(double catchUpSeconds, double pauseSeconds) {
        double backlog = (hasBacklog() ? waiting : 0) + total() * pauseSeconds;
        if (catchUpSeconds <= 0 || isNothing() || backlog <= 0) {
            return this;
        }
        return times(1 + backlog / catchUpSeconds / total());
    }
}
