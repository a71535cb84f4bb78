package stream.weir.operator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the coordinator said of a pipeline at one moment.
 *
 * @param at when it was asked; from one clock
 * @param run the present run; counters begin anew with each
 * @param running whether all replicas are at work, and not for instance going back to a checkpoint
 */
public record Observation(Instant at, long run, boolean running, List<Stage> stages) {
    public Observation {
        stages = List.copyOf(stages);
    }

    Optional<Stage> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /**
     * @param wanted replicas that were asked for; differs from {@code running} while a change is under way
     * @param running replicas of the present run
     * @param stateBytes size of its state in the newest checkpoint
     * @param lag records that wait outside for a source; only where all of them are known
     * @param replicas those that have said something
     */
    public record Stage(
            String name, int wanted, int running, OptionalLong stateBytes, OptionalLong lag, List<Replica> replicas) {
        public Stage {
            replicas = List.copyOf(replicas);
        }
    }

    /**
     * Counters of one replica since it was opened.
     *
     * @param instance of the process that has it
     * @param finished whether it has no more input
     * @param records read
     * @param up since it was opened; {@code busy} and {@code blocked} are parts of it, the rest is idle
     * @param blocked waiting for those who read from it: back-pressure
     * @param sent records by the stage that reads them; each once, however many replicas get it; may be empty
     */
    public record Replica(
            int index,
            String instance,
            boolean finished,
            long records,
            Duration up,
            Duration busy,
            Duration blocked,
            Map<String, Long> sent) {
        public Replica {
            sent = Map.copyOf(sent);
        }
    }
}
