package stream.weir.operator.autoscale;

/** Counts of replicas among which key groups are shared well. */
final class ReplicaCounts {
    /** A count that divides the key groups evenly is taken where it is at most as many times more. */
    private static final double CLOSE = 1.15;

    private ReplicaCounts() {}

    /**
     * The count for a stage whose keys are in key groups. The replica with the most groups limits all, so that 128 groups on 48 to
     * 63 replicas do no more than on 43 (three groups each): of counts with the same greatest share the least is taken, and one that
     * divides the groups evenly where it is close.
     *
     * @param needed replicas, if the load could be divided as one likes
     * @param keyGroups most replicas that are possible
     */
    static int keyed(double needed, int keyGroups) {
        if (needed >= keyGroups) {
            return keyGroups;
        }
        int count = (int) Math.max(1, Math.ceil(needed));
        while (count < keyGroups && evenness(count, keyGroups) * count < needed * 0.95) {
            count++;
        }
        int share = Math.ceilDiv(keyGroups, count);
        int least = Math.max((int) Math.ceil(needed * 0.95), Math.ceilDiv(keyGroups, share));
        count = Math.clamp(least, 1, count);
        for (int even = count; even <= count * CLOSE; even++) {
            if (keyGroups % even == 0) {
                return even;
            }
        }
        return count;
    }

    /** What part of their time the replicas can use, when the one with the most key groups is busy all the time. */
    static double evenness(int count, int keyGroups) {
        return (double) keyGroups / count / Math.ceilDiv(keyGroups, count);
    }
}
