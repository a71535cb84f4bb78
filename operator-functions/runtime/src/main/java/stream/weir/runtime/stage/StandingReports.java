package stream.weir.runtime.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;

/**
 * What a replica has said that still holds, to be said again to whoever leads next. So nothing that a replica says once is lost
 * with a connection or a coordinator. Belongs to one thread.
 */
public final class StandingReports {
    private ToCoordinator.@Nullable Opened opened;
    private ToCoordinator.@Nullable Finished finished;
    private ToCoordinator.@Nullable Committed committed;
    private ToCoordinator.@Nullable Failed failed;

    /** Answers on checkpoints that are neither complete nor aborted as far as this process knows, by checkpoint. */
    private final NavigableMap<Long, ToCoordinator> answers = new TreeMap<>();

    /** Whose orders those checkpoints are. A number is one checkpoint in a run, whoever leads it. */
    private final NavigableMap<Long, Fence> triggers = new TreeMap<>();

    /** Keeps what was said, and gives it back in the present term. */
    public ToCoordinator add(ToCoordinator message, long term) {
        switch (message) {
            case ToCoordinator.Opened said -> opened = said;
            case ToCoordinator.Finished said -> finished = said;
            case ToCoordinator.Failed said -> failed = said;
            case ToCoordinator.Committed said -> committed = said;
            case ToCoordinator.Acknowledge said -> {
                return answer(said.checkpoint(), said);
            }
            case ToCoordinator.Decline said -> {
                return answer(said.checkpoint(), said);
            }
        }
        return inTerm(message, term);
    }

    /**
     * Forgets what the coordinator has settled. The first barrier of a term may come before the order that it follows from: then the
     * answer on it seems to be to an earlier leader.
     *
     * @return what has to be said once more, as it is an answer to this order
     */
    public Optional<ToCoordinator> told(ToReplica message) {
        switch (message) {
            case ToReplica.Complete(var _, long checkpoint) -> {
                answers.headMap(checkpoint, true).clear();
                triggers.headMap(checkpoint, true).clear();
            }
            case ToReplica.Abort(var _, long checkpoint, var _) -> {
                answers.remove(checkpoint);
                triggers.remove(checkpoint);
            }
            case ToReplica.Trigger(var fence, long checkpoint, var _) -> {
                triggers.put(checkpoint, fence);
                return Optional.ofNullable(answers.get(checkpoint))
                        .filter(early -> early.fence().isOlderThan(fence))
                        .map(early -> answer(checkpoint, early));
            }
            case ToReplica.EndInput _ -> {}
        }
        return Optional.empty();
    }

    private ToCoordinator answer(long checkpoint, ToCoordinator said) {
        Fence fence = triggers.getOrDefault(checkpoint, said.fence());
        ToCoordinator answer =
                switch (said) {
                    case ToCoordinator.Acknowledge(var _, var replica, var _, var snapshot) ->
                        new ToCoordinator.Acknowledge(fence, replica, checkpoint, snapshot);
                    case ToCoordinator.Decline(var _, var replica, var _, var reason, var detail) ->
                        new ToCoordinator.Decline(fence, replica, checkpoint, reason, detail);
                    default -> throw new IllegalArgumentException("no answer on a checkpoint: " + said);
                };
        answers.put(checkpoint, answer);
        return answer;
    }

    /** Everything that holds, in the order in which it has to be said. */
    public List<ToCoordinator> inTerm(long term) {
        List<ToCoordinator> all = new ArrayList<>();
        Optional.ofNullable(opened).ifPresent(all::add);
        Optional.ofNullable(committed).ifPresent(all::add);
        Optional.ofNullable(finished).ifPresent(all::add);
        all.addAll(answers.values());
        Optional.ofNullable(failed).ifPresent(all::add);
        return all.stream()
                .map(message -> inTerm(message, term))
                .filter(message -> message.fence().term() == term)
                .toList();
    }

    /**
     * What holds whoever leads is said in the present term, also when the replica has not heard of it yet. An answer on a
     * checkpoint belongs to the term that triggered it.
     */
    private static ToCoordinator inTerm(ToCoordinator message, long term) {
        Fence fence = new Fence(message.fence().pipeline(), message.fence().run(), term);
        return switch (message) {
            case ToCoordinator.Opened(var _, var replica, var schema) ->
                new ToCoordinator.Opened(fence, replica, schema);
            case ToCoordinator.Finished(var _, var replica) -> new ToCoordinator.Finished(fence, replica);
            case ToCoordinator.Failed(var _, var replica, var error) -> new ToCoordinator.Failed(fence, replica, error);
            case ToCoordinator.Committed(var _, var replica, var checkpoint) ->
                new ToCoordinator.Committed(fence, replica, checkpoint);
            case ToCoordinator.Acknowledge _, ToCoordinator.Decline _ -> message;
        };
    }
}
