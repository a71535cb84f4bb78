package stream.weir.api.pipeline;

import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.api.source.Source;

/**
 * The source of a stage.
 *
 * @param rate most records per second of the whole stage, over all its replicas
 */
public record SourceStep<T>(Source<T> source, Optional<EventTime<T>> eventTime, OptionalLong rate, OnError onError) {}
