package stream.weir.api.sink;

/** A description of an output; immutable, opened once by each replica and run. */
public interface Sink<T> {
    SinkWriter<T> open(SinkContext context) throws Exception;
}
