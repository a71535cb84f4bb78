package stream.weir.operator.autoscale;

import java.util.List;
import java.util.Optional;
import stream.weir.operator.autoscale.PipelineShape.StageShape;

/** @param reason why not more than {@code most}, with its sentence in {@code why} */
record Limits(int least, int most, ScalingReason reason, String why) {
    /** @param ceiling that holds now */
    static Limits of(StageShape stage, ScalingSettings settings, int keyGroups, int count, Optional<Ceiling> ceiling) {
        Limits limits =
                new Limits(settings.min(), settings.max(), ScalingReason.MAX_REACHED, "scale.max is " + settings.max());
        limits = limits.atMost(keyGroups, ScalingReason.KEY_GROUPS_REACHED, "there are " + keyGroups + " key groups");
        if (stage.splits().isPresent()) {
            int splits = stage.splits().getAsInt();
            limits = limits.atMost(
                    Math.max(1, splits), ScalingReason.SPLITS_REACHED, "the source has " + splits + " parts to read");
        }
        return ceiling.isEmpty()
                ? limits
                : limits.atMost(
                        Math.max(count, ceiling.get().count()),
                        ceiling.get().reason(),
                        ceiling.get().why());
    }

    /** Of stages that have equal counts. */
    static Limits common(List<Limits> all) {
        Limits common = all.getFirst();
        for (Limits next : all) {
            Limits least = common.atMost(next.most, next.reason, next.why);
            int both = Math.min(Math.max(common.least, next.least), least.most);
            common = new Limits(both, least.most, least.reason, least.why);
        }
        return common;
    }

    int within(double count) {
        return (int) Math.clamp(count, least, most);
    }

    private Limits atMost(int other, ScalingReason otherReason, String otherWhy) {
        return other < most ? new Limits(Math.min(least, other), other, otherReason, otherWhy) : this;
    }
}
