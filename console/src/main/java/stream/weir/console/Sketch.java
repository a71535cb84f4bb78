package stream.weir.console;

import stream.weir.definition.PipelineDrawing;

/**
 * What of a job does not change while it runs.
 *
 * @param spec the pipeline file's text; secrets in it are hidden by {@link Secrets}
 */
public record Sketch(PipelineDrawing drawing, String spec, Where where) {
    /** Where the job runs, which decides how its orders are given on a command line. */
    public sealed interface Where {
        /**
         * @param pipeline name of the {@code StreamPipeline}, of which this job is all or one region
         */
        record InCluster(String namespace, String pipeline) implements Where {}

        /** By services that were started without an operator. */
        record AsServices() implements Where {}

        /** @param file the pipeline file, as the command line has it */
        record InProcess(String file) implements Where {}
    }
}
