package stream.weir.coordinator.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * @param wanted how many replicas it is to have: from the next run on, where these are not those of this one; 0 where it is no stage
 *     of this pipeline
 * @param replicas of the present run, by index; those without a process too
 * @param instances its processes, replicas or not, by name
 */
public record StageView(String name, int wanted, List<ReplicaView> replicas, List<InstanceView> instances) {
    public StageView {
        instances = List.copyOf(instances);
        replicas = List.copyOf(replicas);
    }

    /**
     * @param instance of the process, empty while none has the replica
     * @param address where it takes data links
     * @param connected whether the process is connected now
     */
    public record ReplicaView(
            int index,
            Optional<String> instance,
            Optional<String> address,
            boolean connected,
            boolean opened,
            boolean finished,
            Optional<Figures> figures) {}

    /**
     * A process.
     *
     * @param name unique among the processes that are there; the pod's in Kubernetes
     * @param address where it takes data links
     * @param revision of the stage, as the process's pipeline file has it
     * @param connected whether it is connected now
     * @param replica its index in the present run; empty for one that waits
     */
    public record InstanceView(
            String name, String address, String revision, boolean connected, Optional<Integer> replica) {}

    /**
     * @param recordsPerSecond since the figures before
     * @param busy share of the time since the figures before, from 0 to 1; with {@code blocked} and {@code idle} it makes 1
     * @param blocked share spent waiting for credit: back-pressure
     * @param watermark event time in milliseconds; empty before the first one
     * @param totals from which whoever asks from time to time can measure over times of his own
     * @param lag records that wait outside for a source; empty where that is not known
     * @param sent records since it was opened, by the stage that reads them; each once, however many replicas get it
     * @param sentPerSecond since the figures before, by the stage that reads them
     */
    public record Figures(
            long records,
            double recordsPerSecond,
            double busy,
            double blocked,
            double idle,
            Optional<Long> watermark,
            Totals totals,
            Optional<Long> lag,
            Map<String, Long> sent,
            Map<String, Double> sentPerSecond,
            Map<String, Long> counts) {}

    /** Milliseconds since a replica was opened, and those in which it was busy, and blocked; the others it was idle. */
    public record Totals(long upMillis, long busyMillis, long blockedMillis) {}
}
