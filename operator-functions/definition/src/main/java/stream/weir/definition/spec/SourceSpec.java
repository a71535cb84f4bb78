package stream.weir.definition.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.api.pipeline.OnError;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Place;

/** The source of a stage. */
public record SourceSpec(
        Place place, ConnectorSpec connector, Optional<Time> eventTime, OptionalLong rate, Located<OnError> onError) {
    /** The {@code eventTime} of a source. */
    public record Time(Located<String> field, Duration maxOutOfOrderness, Optional<Duration> idleTimeout) {}
}
