package stream.weir.operator.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobStatus.Lost;
import stream.weir.operator.plan.Observed.NodeSeen;
import stream.weir.operator.plan.Observed.PodSeen;
import stream.weir.operator.status.ReconcilingReason;

/**
 * Replaces pods whose process is gone with its node, without waiting for the node's controller. A process that only died is left to
 * its kubelet, which starts it again where its files are. A wrong guess costs time, no more: what lives on is fenced by run and term.
 */
final class LostPods {
    /** A kubelet that is there says within this time that a container ended. */
    private static final Duration KUBELET_HAS = Duration.ofMillis(1500);

    /** Between the first time that a coordinator was out of reach and the second. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    /** How far the clocks of a node and of the coordinator may be apart. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    private LostPods() {}

    static void plan(Observed seen, Draft draft) {
        Map<String, PodSeen> gone = new HashMap<>();
        Map<String, String> why = new HashMap<>();
        seen.status().ifPresent(status -> status.lost()
                .forEach(lost -> isGone(lost, status, seen).ifPresent(pod -> {
                    gone.put(pod.name(), pod);
                    why.put(pod.name(), lost.cause());
                })));
        seen.pods().stream().filter(pod -> isStuck(pod, seen)).forEach(pod -> {
            gone.put(pod.name(), pod);
            why.put(pod.name(), "its node was gone before it could begin");
        });
        if (seen.job() instanceof Observed.Job.Unreachable none) {
            seen.pods().stream().filter(PodSeen::isCoordinator).forEach(pod -> whyGone(pod, none, seen)
                    .ifPresent(because -> {
                        gone.put(pod.name(), pod);
                        why.put(pod.name(), because);
                    }));
            none.office()
                    .filter(office -> office.holder().map(gone::containsKey).orElse(true))
                    .ifPresent(office -> draft.add(new Step.ReleaseLease(office.version())));
        }
        lostNodes(gone, seen).stream().sorted().forEach(node -> draft.add(new Step.TaintNode(node)));
        gone.keySet().stream().sorted().forEach(pod -> draft.add(new Step.ReplacePod(pod, why.getOrDefault(pod, ""))));
        if (!gone.isEmpty()) {
            draft.reconciling(
                    ReconcilingReason.REPLACING_LOST_PODS,
                    "pods " + gone.keySet().stream().sorted().toList() + " are gone and are replaced");
        }
    }

    private static Optional<PodSeen> isGone(Lost lost, JobStatus status, Observed seen) {
        Instant when = Instant.ofEpochMilli(lost.atMillis());
        boolean longEnough = status.atMillis() - lost.atMillis() >= KUBELET_HAS.toMillis();
        return seen.pods().stream()
                .filter(pod -> pod.name().equals(lost.instance()) && longEnough)
                .filter(pod -> pod.seen()
                        .filter(sign -> sign.isAfter(when.minus(SKEW)))
                        .isEmpty())
                .findFirst();
    }

    /** Nodes that are not ready, or on which no process of ours is connected any more: what begins there says nothing for it. */
    private static Set<String> lostNodes(Map<String, PodSeen> gone, Observed seen) {
        Set<String> connected = seen.status().stream()
                .flatMap(status -> status.stages().stream())
                .flatMap(stage -> stage.instances().stream())
                .filter(JobStatus.Instance::connected)
                .map(JobStatus.Instance::name)
                .collect(Collectors.toSet());
        Set<String> lost = new HashSet<>();
        gone.values().forEach(pod -> pod.node().ifPresent(lost::add));
        lost.removeIf(node -> {
            Optional<NodeSeen> known = Optional.ofNullable(seen.nodes().get(node));
            boolean ready = known.map(NodeSeen::ready).orElse(true);
            boolean tainted = known.flatMap(NodeSeen::tainted).isPresent();
            boolean alive = seen.pods().stream()
                    .filter(pod -> pod.node().filter(node::equals).isPresent())
                    .anyMatch(pod -> connected.contains(pod.name()));
            return tainted || known.isEmpty() || (ready && alive);
        });
        return lost;
    }

    /** It was given to a node that is gone, as it seems now, and whose kubelet never said that it began. */
    private static boolean isStuck(PodSeen pod, Observed seen) {
        return pod.seen().isEmpty()
                && pod.node()
                        .flatMap(node -> Optional.ofNullable(seen.nodes().get(node)))
                        .filter(node -> !node.ready() || (node.tainted().isPresent() && !node.isBack()))
                        .isPresent();
    }

    /** Of a coordinator's pod while nobody leads. One whose container was started again meanwhile has a kubelet. */
    private static Optional<String> whyGone(PodSeen pod, Observed.Job.Unreachable none, Observed seen) {
        if (isOnDeadNode(pod, seen)) {
            return Optional.of("no coordinator answers, and its node is not ready");
        }
        return none.office()
                .filter(office -> office.holder().equals(Optional.of(pod.name())))
                .filter(office -> office.silentSince()
                        .filter(since -> !since.plus(AGAIN_AFTER).isAfter(seen.now()))
                        .isPresent())
                .filter(office -> pod.seen()
                        .filter(sign -> !sign.isAfter(office.renewed().minus(SKEW)))
                        .isPresent())
                .map(_ -> "it led, does not answer, and does not renew its lease");
    }

    private static boolean isOnDeadNode(PodSeen pod, Observed seen) {
        return pod.node()
                .flatMap(node -> Optional.ofNullable(seen.nodes().get(node)))
                .filter(node -> !node.ready())
                .isPresent();
    }
}
