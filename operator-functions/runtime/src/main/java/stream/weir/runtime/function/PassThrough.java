package stream.weir.runtime.function;

/** The chain of a stage without steps. */
record PassThrough(Output output) implements ChainLink {
    @Override
    public void process(int input, Object value, long timestamp) {
        output.emit(value, timestamp);
    }
}
