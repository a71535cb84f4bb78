package stream.weir.protocol.control;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * From the coordinator to a stage process. A process keeps what it was told last when a connection breaks or another coordinator
 * takes over; both say what stands again on each new connection, so that a lost message is made good by the next connection.
 */
public sealed interface ToInstance {
    /** I lead, in this term. The first message on a connection; a process follows no older term than the newest it heard of. */
    record Lead(String pipeline, long term) implements ToInstance {}

    /** Leave whatever run you are in, and be this replica. Without effect when it is that already, in the same run. */
    record Assign(Assignment assignment) implements ToInstance {}

    /**
     * Fetch the files of this state that never change and are not here yet: the run after the present one may begin with them. Nothing
     * else changes, and what cannot be fetched is left out. Takes the place of what was asked before.
     *
     * @param fence of the present run
     * @param number of the request, from 1 in each term
     * @param keyGroups of the replica that the process may become
     * @param keyed of a complete checkpoint, with something of these key groups; empty when the next run is not to begin any more: what was
     *     fetched is deleted
     */
    record Prepare(Fence fence, long number, KeyGroupRange keyGroups, List<StateHandle> keyed) implements ToInstance {
        public Prepare {
            keyed = List.copyOf(keyed);
        }
    }

    /** Where the processes of the other replicas take data links. Replaces what was said before in this run; may be incomplete. */
    record Routes(Fence fence, Map<ReplicaId, Address> addresses) implements ToInstance {
        public Routes {
            addresses = Collections.unmodifiableMap(new TreeMap<>(addresses));
        }
    }

    /** For the replica. */
    record Tell(ToReplica message) implements ToInstance {}

    /** Leave the run of this fence and be ready for an assignment. */
    record Release(Fence fence, String reason) implements ToInstance {}

    /** Nothing more is to be done here: end the process. */
    record Leave(Departure departure, String detail) implements ToInstance {}

    /** Why a process is to end. */
    enum Departure {
        /** All input is processed, and its output committed. */
        COMPLETED,
        /** The pipeline was stopped as asked. */
        STOPPED,
        /** The pipeline has failed for good. */
        FAILED,
        /** The stage has enough replicas without it. */
        SURPLUS,
        /** It belongs to another pipeline, or has been replaced. */
        REPLACED
    }
}
