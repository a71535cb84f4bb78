package stream.weir.network.wire;

import stream.weir.protocol.control.Address;
import stream.weir.protocol.frame.Link;

/** The first packet of whoever dials. */
public sealed interface Hello extends Packet {
    /** Whose data, or whose coordinator. */
    String pipeline();

    /**
     * Opens a data link: frames flow from the one that dials.
     *
     * @param run of the data, not negative
     * @param sender identifies the sending end and all that it remembers of the link: only the same one may go on with it
     */
    record Data(String pipeline, long run, Link link, String sender) implements Hello {}

    /**
     * Opens a control connection, which carries messages in both directions.
     *
     * @param instance name of the process, of no other one at the same time
     * @param stage that the process runs
     * @param revision of that stage, as the process's pipeline file has it
     * @param dataAddress where it listens for data links
     */
    record Control(String pipeline, String instance, String stage, String revision, Address dataAddress)
            implements Hello {}
}
