package stream.weir.runtime.stage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.FrameCodec;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.alignment.AlignedInputs;
import stream.weir.runtime.alignment.Arrival;
import stream.weir.runtime.alignment.Turn;
import stream.weir.runtime.function.Chain;
import stream.weir.runtime.state.Key;

/**
 * Everything a replica reads from its links: frames go through alignment, records into the chain, watermarks into one event
 * time.
 */
final class ReplicaInputs implements AutoCloseable {
    /** Operator state: link to its watermark, and under {@link #OWN} that of the replica. */
    static final String WATERMARKS = "watermarks";

    private static final String OWN = "";

    private final Map<Link, Integer> indexes;
    private final List<InputLink> links;
    private final AlignedInputs aligned;
    private final InputWatermarks watermarks;
    private final Chain chain;
    private final InputTraffic traffic;

    /** Links whose end has come in. */
    private final BitSet endArrived = new BitSet();

    private int open;

    private ReplicaInputs(
            Map<Link, Integer> indexes,
            List<InputLink> links,
            AlignedInputs aligned,
            InputWatermarks watermarks,
            Chain chain,
            InputTraffic traffic) {
        this.indexes = indexes;
        this.links = links;
        this.aligned = aligned;
        this.watermarks = watermarks;
        this.chain = chain;
        this.traffic = traffic;
        this.open = links.size();
    }

    static ReplicaInputs open(
            ReplicaSetup setup, ReplicaEnvironment environment, Chain chain, Key key, BackendSlot backend) {
        Pipeline pipeline = setup.graph().pipeline();
        Map<Link, Integer> indexes = new HashMap<>();
        List<InputLink> links = new ArrayList<>();
        InputTraffic traffic =
                new InputTraffic(setup.keyGroups().first(), setup.keyGroups().size());
        InputLink.Shared shared = new InputLink.Shared(
                key, pipeline.maxParallelism(), traffic, backend, new RecordGroup(pipeline.maxParallelism()));
        for (PipelineGraph.Edge edge : setup.graph().edgesTo(setup.stage().name())) {
            boolean keyed = edge.partitioning() instanceof Partitioning.ByKey<?, ?>;
            for (Link link : edge.linksTo(setup.index())) {
                indexes.put(link, links.size());
                links.add(InputLink.of(link, edge, keyed ? InputLink.Keys.CARRIED : InputLink.Keys.NONE, shared));
            }
        }
        AlignedInputs aligned = AlignedInputs.configured(
                links.size(),
                pipeline.checkpoint(),
                environment.folder().resolve("alignment"),
                FrameCodec.withDefaults());
        ReplicaInputs inputs =
                new ReplicaInputs(indexes, links, aligned, new InputWatermarks(links.size()), chain, traffic);
        inputs.restore(setup);
        return inputs;
    }

    /** The replica's event time in the restored checkpoint. */
    long restoredWatermark() {
        return watermarks.current();
    }

    /** Takes a frame in; it comes out of {@link #next} when it may be read. */
    void arrived(Link link, Frame frame, Runnable consumed) {
        int index = indexOf(link);
        if (frame.content() instanceof Frame.End) {
            endArrived.set(index);
        }
        aligned.arrived(index, new Arrival(frame, consumed));
    }

    /** What has come in; any thread may read it. */
    InputTraffic traffic() {
        return traffic;
    }

    /** What to do next. */
    Optional<Turn> next() {
        return aligned.next();
    }

    /** Whether {@link #next} has something that is decided already, so that nothing else may come before it. */
    boolean isDecided() {
        return aligned.isDecided();
    }

    /** Whether {@link #next} has anything. */
    boolean hasNext() {
        return aligned.hasNext();
    }

    void announced(long checkpoint, CheckpointKind kind) {
        aligned.announced(checkpoint, kind);
    }

    void aborted(long checkpoint, CheckpointFailure reason) {
        aligned.aborted(checkpoint, reason);
    }

    /**
     * Processes a frame that may be read.
     *
     * @return records in it
     */
    int deliver(Turn.Deliver turn) throws Exception {
        int input = turn.input();
        int records = 0;
        switch (turn.arrival().frame().content()) {
            case Frame.Records batch -> {
                watermarks.active(input);
                links.get(input).process(batch, chain);
                records = batch.count();
            }
            case Frame.Watermark mark -> chain.advanceWatermark(watermarks.advance(input, mark.timestamp()));
            case Frame.Idle() -> chain.advanceWatermark(watermarks.idle(input));
            case Frame.End() -> {
                open--;
                chain.advanceWatermark(watermarks.ended(input));
            }
            case Frame.Barrier _, Frame.Cancel _ ->
                throw new IllegalStateException("alignment let a control frame through: " + turn);
        }
        turn.arrival().consumed().run();
        return records;
    }

    /** Whether nothing more can come; false in a stage without inputs. */
    boolean allEnded() {
        return open == 0 && !links.isEmpty();
    }

    boolean isIdle() {
        return watermarks.isIdle();
    }

    long watermark() {
        return watermarks.current();
    }

    long heldBytes() {
        return aligned.heldBytes();
    }

    /** How many links there are, ended ones included. */
    int count() {
        return links.size();
    }

    Link link(int input) {
        return links.get(input).link();
    }

    /** Whether all that the link has to say is here, read or not: it is of no account any more what becomes of the link. */
    boolean hasEnded(Link link) {
        return endArrived.get(indexOf(link));
    }

    /** Watermarks for a checkpoint. */
    OperatorState snapshot() {
        List<OperatorState.Entry> entries = new ArrayList<>();
        entries.add(entry(OWN, watermarks.current()));
        for (int i = 0; i < links.size(); i++) {
            entries.add(entry(links.get(i).link().toString(), watermarks.of(i)));
        }
        return new OperatorState(WATERMARKS, entries);
    }

    @Override
    public void close() {
        aligned.close();
    }

    private int indexOf(Link link) {
        Integer index = indexes.get(link);
        if (index == null) {
            throw new IllegalArgumentException("a frame came on " + link + ", which is none of " + indexes.keySet());
        }
        return index;
    }

    /**
     * The replica's own event time goes on where it was; after a change of parallelism from the least of all replicas. So does that
     * of a link, unless its sender's stage was rescaled: who has the sender's name now may send what another one sent before, and
     * what comes again must not be late.
     */
    private void restore(ReplicaSetup setup) {
        boolean finished = setup.restored().finished(setup.index());
        List<OperatorState.Entry> own =
                setup.restored().replicas().size() == setup.stage().replicas()
                        ? setup.restored().operator(WATERMARKS, setup.index())
                        : setup.restored().operator(WATERMARKS);
        own.stream()
                .filter(entry -> entry.key().equals(OWN))
                .mapToLong(entry -> ByteBuffer.wrap(entry.value()).getLong())
                // Event time was at its end, but the input is not: what comes again must not be late.
                .filter(watermark -> finished || watermark != Long.MAX_VALUE)
                .min()
                .ifPresent(watermarks::restoreCurrent);
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i).link();
            if (!setup.restored().rescaled().contains(link.from())) {
                restore(i, link, own);
            }
        }
    }

    private void restore(int index, Link link, List<OperatorState.Entry> entries) {
        for (OperatorState.Entry entry : entries) {
            long watermark = ByteBuffer.wrap(entry.value()).getLong();
            if (link.toString().equals(entry.key()) && watermark != Long.MAX_VALUE) {
                watermarks.restore(index, watermark);
            }
        }
    }

    private static OperatorState.Entry entry(String key, long value) {
        return new OperatorState.Entry(
                key, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }
}
