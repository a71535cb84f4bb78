package stream.weir.operator.job;

import java.util.List;

/**
 * Where the coordinators of a job are: of a pipeline, or of one of its regions.
 *
 * @param region has the pipeline's name where that has only one
 * @param coordinators {@code HOST:PORT} of each pod that has an address; empty while there is none
 */
public record JobAddress(String namespace, String pipeline, String region, List<String> coordinators) {
    public JobAddress {
        coordinators = List.copyOf(coordinators);
    }

    @Override
    public String toString() {
        return namespace + "/" + region + " at " + coordinators;
    }
}
