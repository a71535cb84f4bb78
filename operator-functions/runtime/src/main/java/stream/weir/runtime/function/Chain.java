package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.Step;

/**
 * The operators of a replica, in order. Whatever is told to all of them is told in that order, and what an operator emits upon
 * it reaches the next one before that is told itself. Used on the replica's thread only.
 *
 * <p>What a step emitted before its function failed on a record stays emitted, also where the policy is to skip the record;
 * likewise what the function wrote to its state.
 */
public final class Chain implements AutoCloseable {
    private final List<ChainLink> links;
    private final List<OperatorScope> scopes;
    private final ChainLink head;
    private long outputWatermark = Long.MIN_VALUE;

    private Chain(List<ChainLink> links, List<OperatorScope> scopes) {
        this.links = links;
        this.scopes = scopes;
        this.head = links.getFirst();
    }

    /**
     * Makes the operators of {@code steps}; functions that come as suppliers are made here.
     *
     * @param inputs of the stage, in order; empty in a stage with a source
     * @throws IllegalArgumentException when a step cannot work as it is configured; names stage, step and value
     */
    public static Chain of(List<Step> steps, List<Input> inputs, ChainContext context) {
        Operators operators = new Operators(inputs);
        List<ChainLink> links = new ArrayList<>();
        List<OperatorScope> scopes = new ArrayList<>();
        Output next = context.output();
        for (Step step : steps.reversed()) {
            checkPlace(step, steps, context);
            OperatorScope scope = new OperatorScope(step.name(), context, next);
            ChainLink link = operators.of(step, scope);
            links.add(link);
            scopes.add(scope);
            next = link;
        }
        if (links.isEmpty()) {
            links.add(new PassThrough(next));
            scopes.add(new OperatorScope("", context, next));
        }
        Collections.reverse(links);
        Collections.reverse(scopes);
        return new Chain(List.copyOf(links), List.copyOf(scopes));
    }

    private static void checkPlace(Step step, List<Step> steps, ChainContext context) {
        boolean hasTwoInputs = step instanceof Step.Join || step instanceof Step.TwoInput;
        if (hasTwoInputs && step != steps.getFirst()) {
            throw new IllegalArgumentException("Stage " + context.stage() + ", step " + step.name()
                    + ": a step with two inputs stands first in its stage, but "
                    + steps.getFirst().name() + " stands before it: put that into a stage of its own");
        }
    }

    /**
     * Called once before all else; state of the restored checkpoint is in the backend already.
     *
     * @param watermark the replica's restored watermark, {@link Long#MIN_VALUE} where it starts empty
     */
    public void open(long watermark) throws Exception {
        long mark = watermark;
        for (int i = 0; i < links.size(); i++) {
            scopes.get(i).tell(mark);
            links.get(i).open();
            mark = links.get(i).outputWatermark(mark);
        }
        outputWatermark = mark;
    }

    /**
     * Processes a record of the key that the context's key shows.
     *
     * @param input index of the stage's input it came from, from 0
     * @param timestamp event time in milliseconds, {@link Long#MIN_VALUE} where it has none
     */
    public void process(int input, Object value, long timestamp) {
        head.process(input, value, timestamp);
    }

    /**
     * Event time is complete up to {@code watermark}; one that is not greater than the last has no effect.
     *
     * @return {@link #outputWatermark()}
     */
    public long advanceWatermark(long watermark) throws Exception {
        tell(0, watermark);
        return outputWatermark;
    }

    /**
     * What the stage's outputs may be told after the records emitted so far. It lags behind the watermark where a step holds
     * records back that are older, and it may grow with each of the calls below.
     */
    public long outputWatermark() {
        return outputWatermark;
    }

    /** The wall clock has come to {@code now}, milliseconds. */
    public void advanceProcessingTime(long now) throws Exception {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).advanceProcessingTime(now);
            passWatermark(i);
        }
    }

    /** To be called soon after {@link ChainContext#wakeUp()}. */
    public void drain() throws Exception {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).drain();
            passWatermark(i);
        }
    }

    /** To be called before the barrier is sent on: waits for all that is under way elsewhere, and emits what came of it. */
    public void beforeSnapshot() throws Exception {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).beforeSnapshot();
            passWatermark(i);
        }
    }

    /** All inputs have ended; to be called after the watermark {@link Long#MAX_VALUE}. */
    public void endOfInput() throws Exception {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).endOfInput();
            passWatermark(i);
        }
    }

    /** Closes all operators, whatever happens to some of them. */
    @Override
    public void close() throws Exception {
        CloseAll.of(links);
    }

    private void passWatermark(int from) throws Exception {
        tell(from + 1, links.get(from).outputWatermark(scopes.get(from).watermark()));
    }

    private void tell(int first, long watermark) throws Exception {
        long mark = watermark;
        for (int i = first; i < links.size(); i++) {
            if (mark <= scopes.get(i).watermark()) {
                return;
            }
            scopes.get(i).tell(mark);
            links.get(i).advanceWatermark(mark);
            mark = links.get(i).outputWatermark(mark);
        }
        outputWatermark = Math.max(outputWatermark, mark);
    }
}
