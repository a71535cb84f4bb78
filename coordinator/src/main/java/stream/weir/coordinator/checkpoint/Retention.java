package stream.weir.coordinator.checkpoint;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.coordinator.checkpoint.Branches.Segment;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * Which complete checkpoints are kept: each one that fewer than {@code retained} newer ones of the current branch
 * have made superfluous; those taken for a savepoint, too, as the savepoint is a copy. Those of branches that were left are therefore kept until the current one has as many of its own.
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
                .filter(manifest -> current.stream()
                                .filter(newer -> newer > manifest.checkpoint())
                                .count()
                        < retained)
                .map(Manifest::checkpoint)
                .collect(Collectors.toSet());
    }
}
