package stream.weir.operator.reconcile;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.definition.PipelineOutline;
import stream.weir.kubernetes.resource.PipelineSpec;
import stream.weir.kubernetes.resource.UpgradePolicy;
import stream.weir.operator.plan.Wanted;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.resource.CoordinatorObjects;
import stream.weir.operator.resource.Subject;

/** Puts a pipeline and the operator's settings together to what is wanted. */
final class Wishes {
    private static final Pattern SPELLED = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Wishes() {}

    static Wanted of(Subject subject, PipelineOutline outline, OperatorSettings settings) {
        PipelineSpec spec = subject.spec();
        Optional<UpgradePolicy> upgrade = Optional.ofNullable(spec.upgrade());
        CoordinatorObjects coordinator = new CoordinatorObjects(subject, settings.pods());
        return new Wanted(
                subject.name(),
                subject.fileHash(),
                coordinator.settingsHash(),
                coordinator.replicas(),
                Boolean.TRUE.equals(spec.suspend()),
                upgrade.map(UpgradePolicy::checkState).orElse(settings.checkState()),
                upgrade.map(UpgradePolicy::progressDeadline)
                        .flatMap(Wishes::duration)
                        .orElse(settings.progressDeadline()),
                outline.checkpoint().interval(),
                outline.checkpoint().timeout(),
                outline.stages().stream()
                        .map(stage -> new WantedStage(stage.name(), stage.revision(), stage.replicas()))
                        .toList());
    }

    static Optional<Duration> duration(String text) {
        Matcher spelled = SPELLED.matcher(text);
        if (!spelled.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(spelled.group(1));
        return Optional.of(
                switch (spelled.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}
