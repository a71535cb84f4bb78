package stream.weir.operator.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobStatus.Phase;
import stream.weir.operator.plan.Observed.PodSeen;
import stream.weir.operator.plan.Observed.StageDeployment;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.status.ReconcilingReason;

/**
 * Carries the numbers that StreamStages ask for to Deployments and coordinator. More: first the pods, then the coordinator is told.
 * Fewer: the coordinator is told, key groups leave replicas, those pods that hold nothing are marked, and only then pods go.
 */
final class Scaling {
    static final int HOLDS = 1000;
    static final int MAY_GO = -1000;

    private Scaling() {}

    static void plan(Wanted wanted, Observed seen, Draft draft) {
        Map<String, Integer> ask = new HashMap<>();
        Set<String> changing = new HashSet<>();
        for (WantedStage stage : wanted.stages()) {
            int asked = seen.asked(stage);
            Optional<StageDeployment> deployment = seen.deployment(stage.name(), stage.revision());
            Optional<JobStatus.Stage> job = running(seen, stage);
            ask.put(stage.name(), asked);
            if (deployment.isPresent() && deployment.get().replicas() < asked) {
                draft.add(new Step.ScaleDeployment(deployment.get().name(), asked));
                changing.add(stage.name());
            }
            if (job.filter(said -> said.wanted() != asked || said.replicas().size() != asked)
                    .isPresent()) {
                changing.add(stage.name());
            }
            if (deployment.isPresent() && deployment.get().replicas() > asked) {
                changing.add(stage.name());
                if (job.filter(said -> hasLeft(said, asked)).isPresent() && isQuiet(seen)) {
                    fewer(deployment.get(), job.get(), asked, seen, draft);
                }
            }
        }
        boolean told = wanted.stages().stream().allMatch(stage -> running(seen, stage)
                .filter(said -> said.wanted() != seen.asked(stage))
                .isEmpty());
        if (!told && seen.status().filter(JobStatus::isAlive).isPresent()) {
            draft.add(new Step.AskReplicas(ask));
        }
        if (!changing.isEmpty()) {
            draft.reconciling(
                    ReconcilingReason.RESCALING,
                    "stages " + changing.stream().sorted().toList() + " get other numbers of replicas"
                            + seen.status().map(JobStatus::inAddition).orElse(""));
        }
    }

    private static void fewer(StageDeployment deployment, JobStatus.Stage job, int asked, Observed seen, Draft draft) {
        Set<String> holders = new HashSet<>();
        job.replicas().forEach(replica -> replica.instance().ifPresent(holders::add));
        List<PodSeen> pods = seen.pods().stream()
                .filter(pod -> pod.stage().equals(deployment.stage())
                        && pod.revision().equals(deployment.revision())
                        && !pod.leaving())
                .toList();
        boolean marked = true;
        for (PodSeen pod : pods) {
            int cost = holders.contains(pod.name()) ? HOLDS : MAY_GO;
            if (pod.cost().filter(is -> is == cost).isEmpty()) {
                draft.add(new Step.MarkPod(pod.name(), cost));
                marked = false;
            }
        }
        // What picks the pods that go sees marks a little later than we do: they have to be there when it is told.
        if (marked) {
            draft.add(new Step.ScaleDeployment(deployment.name(), asked));
        }
    }

    private static boolean hasLeft(JobStatus.Stage said, int asked) {
        return said.wanted() == asked && said.replicas().size() == asked;
    }

    private static boolean isQuiet(Observed seen) {
        return seen.status()
                .filter(status -> status.phase() == Phase.RUNNING || status.phase() == Phase.STARTING)
                .isPresent();
    }

    private static Optional<JobStatus.Stage> running(Observed seen, WantedStage stage) {
        return seen.status()
                .filter(status -> stage.revision().equals(status.revisions().get(stage.name())))
                .flatMap(status -> status.stage(stage.name()));
    }
}
