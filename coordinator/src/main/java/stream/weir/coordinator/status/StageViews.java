package stream.weir.coordinator.status;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.membership.KnownProcess;
import stream.weir.coordinator.status.StageView.InstanceView;
import stream.weir.coordinator.status.StageView.ReplicaView;
import stream.weir.protocol.control.ReplicaId;

/** Joins what is known of stages, replicas and processes. Takes time for each of them: not to be done for each piece of news. */
final class StageViews {
    private StageViews() {}

    /**
     * @param pipeline of the present run
     * @param wanted replicas from the next run on, by stage; stages that are missing keep theirs
     */
    static List<StageView> of(
            PipelineDescription pipeline,
            Map<String, Integer> wanted,
            TreeMap<ReplicaId, ReplicaStatus> replicas,
            List<KnownProcess> processes) {
        Map<String, List<ReplicaView>> replicaViews = new TreeMap<>();
        replicas.forEach((replica, status) -> replicaViews
                .computeIfAbsent(replica.stage(), _ -> new ArrayList<>())
                .add(status.view(replica.index())));
        Map<String, List<InstanceView>> instances = new TreeMap<>();
        processes.forEach(process -> instances
                .computeIfAbsent(process.stage(), _ -> new ArrayList<>())
                .add(view(process)));
        instances.values().forEach(each -> each.sort(Comparator.comparing(InstanceView::name)));
        List<StageView> views = new ArrayList<>();
        for (PipelineDescription.StageDescription stage : pipeline.stages()) {
            List<InstanceView> its = instances.remove(stage.name());
            views.add(new StageView(
                    stage.name(),
                    wanted.getOrDefault(stage.name(), stage.replicas()),
                    replicaViews.getOrDefault(stage.name(), List.of()),
                    its == null ? List.of() : its));
        }
        instances.forEach(
                (stage, waiting) -> views.add(new StageView(stage, wanted.getOrDefault(stage, 0), List.of(), waiting)));
        return Collections.unmodifiableList(views);
    }

    private static InstanceView view(KnownProcess process) {
        return new InstanceView(
                process.name(),
                process.address().toString(),
                process.revision(),
                process.connected(),
                process.replica().map(ReplicaId::index));
    }
}
