package stream.weir.service.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import stream.weir.kubernetes.resource.CheckpointSpec;
import stream.weir.kubernetes.resource.Weir;

/**
 * What a job is called in a cluster: objects are named after the region, and found by the pipeline.
 *
 * @param region empty where the pipeline has only one
 */
public record JobName(String pipeline, Optional<String> region) {
    /** The region's name, which is the pipeline's where there is only one. */
    public String name() {
        return region.orElse(pipeline);
    }

    Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>(Map.of(Weir.LABEL_PIPELINE, pipeline));
        region.ifPresent(one -> labels.put(Weir.LABEL_REGION, one));
        return Map.copyOf(labels);
    }

    /** Whether a checkpoint of the pipeline is of this job. One from the time before the pipeline had regions is of the main one. */
    boolean has(CheckpointSpec checkpoint) {
        return Optional.ofNullable(checkpoint.region())
                .orElse(checkpoint.pipeline())
                .equals(name());
    }
}
