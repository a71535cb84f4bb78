package stream.weir.coordinator.checkpoint;

import java.util.List;

/** What the machine makes of a command. */
public record Decision(JobState state, List<Effect> effects) {
    public Decision {
        effects = List.copyOf(effects);
    }
}
