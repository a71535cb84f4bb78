package stream.weir.coordinator.checkpoint;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.coordinator.checkpoint.Branches.Segment;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * Which complete checkpoints are kept: savepoints, and each one that fewer than {@code retained} newer ones of the current branch
 * have made superfluous. Those of branches that were left are therefore kept until the current one has as many of its own.
 *
 * @param branch the current one
 * @param retained at least 1
 */
public record Retention(List<Segment> branch, int retained) {
    public Retention {
        branch = List.copyOf(branch);
    }

    /** Ids to keep. */
    public Set<Long> kept(List<Manifest> complete) {
        List<Long> current = complete.stream()
                .filter(manifest -> Branches.holds(branch, manifest.checkpoint(), manifest.run()))
                .map(Manifest::checkpoint)
                .toList();
        return complete.stream()
                .filter(manifest -> manifest.kind() == CheckpointKind.SAVEPOINT
                        || current.stream()
                                        .filter(newer -> newer > manifest.checkpoint())
                                        .count()
                                < retained)
                .map(Manifest::checkpoint)
                .collect(Collectors.toSet());
    }
}
