package stream.weir.stage;

import java.util.Map;
import java.util.function.Function;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.PipelineGraph;

/**
 * The channels of the process: one for each edge that its stage reads or writes, for the life of the process. Links come and go
 * with each run. Called on the process's thread.
 */
public interface ReplicaChannels {
    /** Opens all links of a replica; what arrives goes into its mailbox. Gives the sending ends. */
    Function<Link, FrameSink> begin(PipelineGraph graph, Fence fence, ReplicaId replica, Inbox inbox);

    /** Where the other replicas of the run take links; replaces what was said before. */
    void route(Map<ReplicaId, Address> addresses);

    /** Closes all links of the run, after its replica has ended. */
    void end();
}
