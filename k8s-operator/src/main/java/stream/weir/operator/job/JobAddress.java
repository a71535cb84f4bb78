package stream.weir.operator.job;

import java.util.List;

/**
 * Where a pipeline's coordinators are.
 *
 * @param coordinators {@code HOST:PORT} of each pod that has an address; empty while there is none
 */
public record JobAddress(String namespace, String pipeline, List<String> coordinators) {
    public JobAddress {
        coordinators = List.copyOf(coordinators);
    }

    @Override
    public String toString() {
        return namespace + "/" + pipeline + " at " + coordinators;
    }
}
