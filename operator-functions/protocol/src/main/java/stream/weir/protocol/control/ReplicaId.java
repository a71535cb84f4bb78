package stream.weir.protocol.control;

/** @param index from 0 */
public record ReplicaId(String stage, int index) implements Comparable<ReplicaId> {
    @Override
    public int compareTo(ReplicaId other) {
        int byStage = stage.compareTo(other.stage);
        return byStage != 0 ? byStage : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return stage + "-" + index;
    }
}
