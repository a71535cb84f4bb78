package stream.weir.coordinator.store;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.coordinator.checkpoint.Branches;
import stream.weir.coordinator.checkpoint.Branches.Segment;

/**
 * Which complete checkpoints are kept: each one that fewer than {@code retained} newer ones of the current branch
 * have made superfluous; those taken for a savepoint, too, as the savepoint is a copy. Those of branches that were left are therefore
 * kept until the current one has as many of its own.
 *
 * @param branch the current one
 * @param retained at least 1
 */
record Retention(List<Segment> branch, int retained) {
    Retention {
        branch = List.copyOf(branch);
    }

    /**
     * Ids to keep.
     *
     * @param settled those that may make others superfluous already
     */
    Set<Long> kept(List<KnownEntry.Complete> complete, Set<Long> settled) {
        List<Long> current = complete.stream()
                .filter(each -> settled.contains(each.checkpoint()))
                .filter(each -> Branches.holds(branch, each.checkpoint(), each.run()))
                .map(KnownEntry.Complete::checkpoint)
                .toList();
        return complete.stream()
                .filter(each -> current.stream()
                                .filter(newer -> newer > each.checkpoint())
                                .count()
                        < retained)
                .map(KnownEntry.Complete::checkpoint)
                .collect(Collectors.toSet());
    }
}
