package stream.weir.network;

/** What a connection is doing: waiting for a hello, waiting for an answer, standing, or done. */
interface Phase {
    /** A connection that has ended. */
    Phase DONE = new Phase() {
        @Override
        public int lengthOf(byte[] prefix) {
            throw new IllegalStateException("nothing is read from a connection that has ended");
        }

        @Override
        public void onMessage(byte[] message) {}

        @Override
        public void onEnd(Throwable why) {}
    };

    /** @see MessageReader.Target#lengthOf */
    int lengthOf(byte[] prefix);

    void onMessage(byte[] message);

    /** The connection cannot go on: it was lost, or what came cannot be read. The channel may be open still. */
    void onEnd(Throwable why);

    /** TLS stands, or is not used. */
    default void onReady() {}

    /** Bytes have come. */
    default void onHeard() {}

    /** All bytes that had come were read. */
    default void onPause() {}

    default void onWritable() {}
}
