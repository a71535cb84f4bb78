package stream.weir.protocol.checkpoint;

import java.util.List;

/**
 * What a stage's state looked like when it was written.
 *
 * @param parallelism replicas of the stage
 */
public record StageSchema(String stage, int parallelism, List<StateSchema> states) {
    public StageSchema {
        states = List.copyOf(states);
    }

    /**
     * @param state {@code step/state}
     * @param kind value, list, map, aggregating, window, timers ...
     * @param schema text form of the schema of what is stored; keys and values apart where there are both
     */
    public record StateSchema(String state, String kind, String schema) {}
}
