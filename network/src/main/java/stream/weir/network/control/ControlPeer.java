package stream.weir.network.control;

import stream.weir.network.wire.Hello;

/**
 * A stage process that has a session with this coordinator.
 *
 * @param hello who it is
 * @param session messages to it; another one each time that it connects
 */
public record ControlPeer(Hello.Control hello, ControlSession session) {
    /** As in {@link Hello.Control#instance}. */
    public String instance() {
        return hello.instance();
    }
}
