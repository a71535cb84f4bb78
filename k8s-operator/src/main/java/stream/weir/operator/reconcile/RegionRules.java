package stream.weir.operator.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.definition.PipelineOutline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.operator.resource.Subject;

/** What can be said of a pipeline's regions only in a cluster, where names and what ran before matter. */
final class RegionRules {
    /** Services are named after a region, and have 63 characters with {@code -coordinator}. */
    private static final int LONGEST = 51;

    private RegionRules() {}

    /** One for each region, in the order of the file; the pipeline itself where it has no durable edge. */
    static List<Subject> jobs(Subject whole, PipelineOutline outline) {
        return outline.regions().size() <= 1
                ? List.of(whole)
                : outline.regions().entrySet().stream()
                        .map(region -> whole.of(new Subject.Region(region.getKey(), region.getValue())))
                        .toList();
    }

    /** The outline of one of {@link #jobs}. */
    static PipelineOutline outline(Subject job, PipelineOutline whole) {
        return whole.region(job.region().map(Subject.Region::name)).orElseThrow();
    }

    /** All that is wrong, a line each. */
    static List<String> problems(List<Subject> jobs, PipelineOutline outline, Observer.Found found) {
        List<String> problems = new ArrayList<>();
        if (jobs.size() > 1 && outline.restoreFrom().isPresent()) {
            problems.add("spec.restoreFrom: a checkpoint is of one region, and durable edges cut this pipeline into "
                    + outline.regions().keySet()
                    + ": leave it out, each region goes on from its own newest checkpoint; to begin with another one,"
                    + " run the regions as services, or without the durable edges as pipelines of their own");
        }
        for (Subject job : jobs) {
            if (job.job().length() > LONGEST && job.region().isPresent()) {
                problems.add("spec.stages: the region " + job.job() + " is called after the pipeline and its stage, and"
                        + " has " + job.job().length() + " characters; its Services have room for " + LONGEST
                        + ": give the stage or the pipeline a shorter name");
            }
            for (StreamStage record : found.stages()) {
                moved(job, record, found).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** State is kept by region: a stage in another one would begin without its own. */
    private static Optional<String> moved(Subject job, StreamStage record, Observer.Found found) {
        String stage = record.getSpec().stage();
        String was = Observer.region(record);
        boolean here = job.region()
                .map(region -> region.stages().contains(stage))
                .orElseGet(() ->
                        job.spec().stages().stream().anyMatch(one -> one.name().equals(stage)));
        return !here || was.equals(job.job()) || !found.regions().contains(was)
                ? Optional.empty()
                : Optional.of("spec.stages: stage " + stage + " runs in region " + was + " and would be in "
                        + job.job() + ", where it would begin without its state: checkpoints are kept by region. Set"
                        + " its inputs back; to begin from the start, apply the changed pipeline under another name");
    }
}
