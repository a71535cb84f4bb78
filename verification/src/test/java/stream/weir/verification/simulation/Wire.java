package stream.weir.verification.simulation;

/** One direction of a connection: what goes in comes out later, in order. */
final class Wire {
    private final VirtualTime time;
    private long lastArrival;

    Wire(VirtualTime time) {
        this.time = time;
    }

    void send(long delayNanos, String what, Object whose, Runnable arrival) {
        lastArrival = Math.max(lastArrival + 1, time.nanos() + delayNanos);
        time.at(lastArrival, what, whose, arrival);
    }

    /** What is sent from now on arrives after everything that the other wire carries already. */
    void follow(Wire other) {
        lastArrival = Math.max(lastArrival, other.lastArrival);
    }
}
