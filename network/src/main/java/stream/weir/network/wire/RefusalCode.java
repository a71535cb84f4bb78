package stream.weir.network.wire;

import java.util.Map;
import java.util.TreeMap;

/** Why a connection was refused; the same word in log, metric and answer. */
public enum RefusalCode {
    /** What came is not from a Weir process: HTTP, TLS on a port without TLS, anything. */
    NOT_WEIR(1),
    /** Another version of the protocol. */
    PROTOCOL_VERSION(2),
    /** A hello that cannot be read. */
    MALFORMED(3),
    /** No hello came in time. Worth another attempt: a process may have been busy. */
    TIMED_OUT(4),
    /** TLS could not be agreed on, or the certificate is not one that is trusted here. */
    TLS(5),
    /** Too many connections wait for their handshake, or the process stops. Worth another attempt. */
    BUSY(6),
    /** This process takes no connections of that kind. */
    WRONG_KIND(7),
    /** The port belongs to another pipeline. */
    OTHER_PIPELINE(8),
    /** Of a run, or a process, that is past. Never worth another attempt. */
    FENCED(9),
    /** Of a run that this process has not heard of yet. Worth another attempt. */
    NOT_YET(10),
    /** The link does not lead here. */
    UNKNOWN_LINK(11),
    /** Another sender than the one that the link began with, or the link was closed for good. */
    LINK_LOST(12),
    /** A coordinator that does not lead. */
    NOT_LEADER(13),
    /** For a reason of whoever was dialled; the text says it. */
    REJECTED(14);

    private static final Map<Integer, RefusalCode> BY_NUMBER = new TreeMap<>();

    static {
        for (RefusalCode code : values()) {
            BY_NUMBER.put(code.number, code);
        }
    }

    /** On the wire; never changes and is never used again. */
    private final int number;

    RefusalCode(int number) {
        this.number = number;
    }

    /** Whether the same hello may be welcome a little later. */
    public boolean isWorthAnotherAttempt() {
        return this == BUSY || this == NOT_YET || this == TIMED_OUT;
    }

    int number() {
        return number;
    }

    /** A number of a later version counts as {@link #REJECTED}: the text still says why. */
    static RefusalCode of(int number) {
        return BY_NUMBER.getOrDefault(number, REJECTED);
    }
}
