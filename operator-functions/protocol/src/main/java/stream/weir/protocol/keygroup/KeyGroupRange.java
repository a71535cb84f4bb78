package stream.weir.protocol.keygroup;

/**
 * A range of key groups.
 *
 * @param first first group, from 0
 * @param last last group, inclusive; {@code first - 1} for the empty range
 */
public record KeyGroupRange(int first, int last) {
    public KeyGroupRange {
        if (first < 0 || last < first - 1) {
            throw new IllegalArgumentException("no range of key groups: " + first + " to " + last);
        }
    }

    /**
     * The groups of one replica: ranges are contiguous and differ by one group at most.
     *
     * @throws IllegalArgumentException when there are more replicas than key groups
     */
    public static KeyGroupRange of(int maxParallelism, int replicas, int replica) {
        if (replicas < 1 || replicas > maxParallelism || replica < 0 || replica >= replicas) {
            throw new IllegalArgumentException("replica " + replica + " of " + replicas + " with " + maxParallelism
                    + " key groups: there may be at most as many replicas as key groups");
        }
        int first = (replica * maxParallelism + replicas - 1) / replicas;
        int last = ((replica + 1) * maxParallelism - 1) / replicas;
        return new KeyGroupRange(first, last);
    }

    /** The replica whose range, after {@link #of}, holds {@code keyGroup}. */
    public static int replicaOf(int maxParallelism, int replicas, int keyGroup) {
        return keyGroup * replicas / maxParallelism;
    }

    public boolean contains(int keyGroup) {
        return keyGroup >= first && keyGroup <= last;
    }

    public boolean overlaps(KeyGroupRange other) {
        return first <= other.last && other.first <= last;
    }

    public int size() {
        return last - first + 1;
    }
}
