package stream.weir.coordinator.gateway;

import java.util.Optional;
import java.util.function.Consumer;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToReplica;

/**
 * The coordinator's side of the wire to the replicas. What a replica says goes to the loop's {@code receive}. Called on the loop's
 * thread, must not block; an exception counts as the loss of the replica.
 *
 * <p>Messages to one replica arrive in order or not at all, and the loop says each one once. It bears the loss of any: a lost trigger
 * or abort costs the checkpoint, by its timeout, and a lost {@code Complete} is made good by the next one, which commits everything up
 * to it; only that of a final checkpoint would cost a restart. A gateway whose connections break and come back therefore says what
 * still stands again on each new one; replicas take all of it twice without harm. What replicas say may come twice, too, but {@code
 * Opened}, {@code Finished} and {@code Failed} must come: if one is lost, so is the replica.
 */
public interface ReplicaGateway {
    /**
     * All replicas leave whatever run they are in, restore {@code from} (or begin empty), and go on in the run of {@code fence}.
     * Each one says {@code Opened} when it has restored. What is sent afterwards reaches the replicas of this run only.
     *
     * @param pipeline what the run has
     */
    void restart(Fence fence, PipelineDescription pipeline, Optional<Manifest> from);

    void send(ReplicaId to, ToReplica message);

    /** The newest complete checkpoint is this one: what the next run needs may be fetched ahead from it. */
    default void newest(Manifest checkpoint) {}

    /**
     * A term begins, and replicas are to follow it. {@code answer} is told, once and on any thread, whether the last run can go on;
     * {@link #goOn} or {@link #restart} follows, the latter perhaps without waiting for the answer. Where replicas live no longer
     * than their coordinator, no run can.
     *
     * @param leader the new term, and the last run; run 0 where there was none
     * @param plan what the last run has, and what is wanted
     */
    default void lead(Fence leader, Plan plan, Consumer<Survey> answer) {
        answer.accept(new Survey.Broken("no replica outlives its coordinator", plan.wanted()));
    }

    /**
     * What a leader finds and what it wants.
     *
     * @param last what the last run has; what is wanted where there was none
     * @param wanted what a run is to have as soon as there are processes for it
     */
    record Plan(PipelineDescription last, PipelineDescription wanted) {}

    /**
     * The run that was found unbroken goes on in the new term: what its replicas have said of themselves since {@link #lead} is
     * passed on now, and whoever was lost meanwhile is reported.
     */
    default void goOn(Fence fence, PipelineDescription pipeline) {
        throw new IllegalStateException("run " + fence.run() + " cannot go on: it was not found unbroken");
    }
}
