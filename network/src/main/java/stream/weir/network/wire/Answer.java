package stream.weir.network.wire;

import java.util.Optional;
import stream.weir.protocol.control.Address;

/** What the one that was dialled says to a {@link Hello}. */
public sealed interface Answer extends Packet {
    /** The connection stands. */
    sealed interface Welcome extends Answer {}

    /**
     * A data link stands.
     *
     * @param next sequence number of the frame that has to come first
     * @param creditBytes of the link, as the reader has it
     * @param receiver identifies the receiving end and all that it remembers of the link
     */
    record DataWelcome(long next, long creditBytes, String receiver) implements Welcome {}

    /** A control connection stands. */
    record ControlWelcome() implements Welcome {}

    /**
     * The connection will not come about. All versions of the protocol understand this packet.
     *
     * @param text for people; names both sides
     * @param instead who to try, where that is known
     */
    record Refusal(RefusalCode code, String text, Optional<Address> instead) implements Answer {
        public Refusal(RefusalCode code, String text) {
            this(code, text, Optional.empty());
        }
    }
}
