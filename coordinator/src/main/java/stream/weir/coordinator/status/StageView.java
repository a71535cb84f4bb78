package stream.weir.coordinator.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** @param replicas wanted, by index; those without a process too */
public record StageView(String name, List<ReplicaView> replicas) {
    public StageView {
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
     * @param recordsPerSecond since the figures before
     * @param busy share of the time since the figures before, from 0 to 1; with {@code blocked} and {@code idle} it makes 1
     * @param blocked share spent waiting for credit: back-pressure
     * @param watermark event time in milliseconds; empty before the first one
     */
    public record Figures(
            long records,
            double recordsPerSecond,
            double busy,
            double blocked,
            double idle,
            Optional<Long> watermark,
            Map<String, Long> counts) {}
}
