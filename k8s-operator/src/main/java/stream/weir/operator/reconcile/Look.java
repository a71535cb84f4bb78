package stream.weir.operator.reconcile;

import java.util.List;
import java.util.Optional;
import stream.weir.operator.autoscale.StageAdvice;
import stream.weir.operator.plan.Observed;
import stream.weir.operator.plan.Plan;
import stream.weir.operator.plan.Wanted;
import stream.weir.operator.resource.Subject;

/**
 * What was found, and done, at one look at a job: at a pipeline, or at one of its regions.
 *
 * @param shown what its status is made of: as seen, but for a job that was well a moment ago and is between two leaders
 */
record Look(Subject subject, Wanted wanted, Observed seen, Observed shown, Plan plan, List<StageAdvice> advice) {
    Look {
        advice = List.copyOf(advice);
    }

    /** Whether its status says how it is now. */
    boolean isOfNow() {
        return shown.equals(seen);
    }

    Optional<StageAdvice> advice(String stage) {
        return advice.stream().filter(one -> one.stage().equals(stage)).findFirst();
    }
}
