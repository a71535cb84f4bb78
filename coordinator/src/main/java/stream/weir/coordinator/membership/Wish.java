package stream.weir.coordinator.membership;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.gateway.ReplicaGateway.Plan;
import stream.weir.coordinator.membership.MembershipEffect.WantedChanged;

/**
 * What a run is to have, and what the present one has. As long as these are not the same, and while there are processes for what is
 * wanted, it says that the next run can be that. Part of {@link Membership}.
 */
final class Wish {
    private final Map<String, Integer> asked = new HashMap<>();
    private PipelineDescription wanted;
    private PipelineDescription present;
    private PipelineDescription saidPossible;
    private WantedChanged saidWanted;

    Wish(PipelineDescription wanted) {
        this.wanted = wanted;
        this.present = wanted;
        this.saidPossible = wanted;
        this.saidWanted = new WantedChanged(wanted, List.of());
    }

    /** A term begins; numbers that were asked for before are wanted in it. */
    void leads(Plan plan) {
        wanted = plan.wanted().with(asked);
        present = plan.last();
    }

    /** @throws IllegalArgumentException when there is no such stage, or a number is less than 1 */
    void counts(Map<String, Integer> counts) {
        counts.forEach((stage, count) -> {
            if (!wanted.counts().containsKey(stage) || count < 1) {
                throw new IllegalArgumentException("cannot scale " + stage + " to " + count + ": stages are "
                        + wanted.counts().keySet() + ", at least 1");
            }
        });
        asked.putAll(counts);
        wanted = wanted.with(counts);
    }

    /**
     * A run begins, or goes on.
     *
     * @return what the one before had
     */
    PipelineDescription begins(PipelineDescription pipeline) {
        PipelineDescription past = present;
        present = pipeline;
        saidPossible = pipeline;
        return past;
    }

    /** What the next run can be, where that is news: the present one when nothing else is possible any more. */
    Optional<PipelineDescription> newlyPossible(Collection<Instance> instances) {
        boolean same = isThere() || !missing(instances).isEmpty();
        PipelineDescription possible = same ? present : wanted;
        if (possible.equals(saidPossible)) {
            return Optional.empty();
        }
        saidPossible = possible;
        return Optional.of(possible);
    }

    PipelineDescription wanted() {
        return wanted;
    }

    /** Whether the present run has what is wanted. */
    boolean isThere() {
        return wanted.isSameAs(present);
    }

    /**
     * What is wanted, where that is news, and what it waits for: processes, or as long as all are there what they prepare.
     *
     * @param preparing what the next run waits for where none is missing
     */
    Optional<WantedChanged> change(Collection<Instance> instances, boolean isInRun, List<String> preparing) {
        List<String> missing = isInRun ? missing(instances) : List.of();
        WantedChanged now = new WantedChanged(wanted, missing.isEmpty() ? preparing : missing);
        if (now.equals(saidWanted)) {
            return Optional.empty();
        }
        saidWanted = now;
        return Optional.of(now);
    }

    private List<String> missing(Collection<Instance> instances) {
        return isThere() ? List.of() : Surveying.shortOf(instances, wanted);
    }
}
