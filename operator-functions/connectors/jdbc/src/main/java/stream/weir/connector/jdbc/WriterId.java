package stream.weir.connector.jdbc;

import stream.weir.api.sink.SinkContext;

/** Whose commits a row of the commit table tells of. */
record WriterId(String pipeline, String stage, int replica) {
    static WriterId of(SinkContext context) {
        return new WriterId(context.pipeline(), context.stage(), context.replica());
    }

    @Override
    public String toString() {
        return "pipeline " + pipeline + ", stage " + stage + ", replica " + replica;
    }
}
