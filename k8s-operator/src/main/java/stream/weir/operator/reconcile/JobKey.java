package stream.weir.operator.reconcile;

import stream.weir.operator.job.JobAddress;
import stream.weir.operator.resource.Subject;

/**
 * What is remembered of a job is found by.
 *
 * @param region has the pipeline's name where that has only one
 */
record JobKey(String namespace, String pipeline, String region) {
    static JobKey of(Subject subject) {
        return new JobKey(subject.namespace(), subject.name(), subject.job());
    }

    static JobKey of(JobAddress address) {
        return new JobKey(address.namespace(), address.pipeline(), address.region());
    }

    boolean isOf(String somewhere, String one) {
        return namespace.equals(somewhere) && pipeline.equals(one);
    }

    @Override
    public String toString() {
        return namespace + "/" + region;
    }
}
