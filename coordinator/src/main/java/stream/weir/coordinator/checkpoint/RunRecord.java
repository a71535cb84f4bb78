package stream.weir.coordinator.checkpoint;

import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.protocol.control.Fence;

/**
 * Where a run came from. Written before any of its replicas starts.
 *
 * @param run from 1; its place in the journal
 * @param parent the run that took the checkpoint it came from; 0 when it started empty
 * @param root the run of its branch that started empty
 * @param from the checkpoint it came from; 0 for none
 * @param firstCheckpoint least id of a checkpoint that it may take itself
 * @param term the coordinator's term that opened it
 * @param stages what it has; empty in records of releases that did not say so
 * @param request the last request to begin elsewhere that this run, or one before it, has carried out
 */
public record RunRecord(
        String pipeline,
        long run,
        long parent,
        long root,
        long from,
        long firstCheckpoint,
        long term,
        List<StageDescription> stages,
        Optional<String> request)
        implements JournalRecord {
    /** A run whose record does not say what it has, of a pipeline that never was asked to begin elsewhere. */
    public RunRecord(String pipeline, long run, long parent, long root, long from, long firstCheckpoint, long term) {
        this(pipeline, run, parent, root, from, firstCheckpoint, term, List.of(), Optional.empty());
    }

    public RunRecord {
        stages = List.copyOf(stages);
    }

    /** The pipeline as this run has it. */
    public PipelineDescription described(PipelineDescription otherwise) {
        return stages.isEmpty() ? otherwise : new PipelineDescription(pipeline, stages);
    }

    @Override
    public long sequence() {
        return run;
    }

    @Override
    public long presentRun() {
        return run;
    }

    public Fence fence() {
        return new Fence(pipeline, run, term);
    }
}
