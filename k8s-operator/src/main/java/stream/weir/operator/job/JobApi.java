package stream.weir.operator.job;

import java.util.List;
import java.util.Map;

/**
 * The coordinator of a pipeline or of one of its regions, whichever of its pods leads. What is asked for is accepted and done later: whether it came about
 * shows in the status. Asking again does no harm. Calls block for seconds at most; any thread.
 */
public interface JobApi {
    JobStatus status(JobAddress job) throws JobUnreachableException, JobRefusedException;

    /** Names of all savepoints that are complete. */
    List<String> savepoints(JobAddress job) throws JobUnreachableException, JobRefusedException;

    /** Takes a checkpoint as soon as it may start. */
    void takeCheckpoint(JobAddress job) throws JobUnreachableException, JobRefusedException;

    void takeSavepoint(JobAddress job, String name) throws JobUnreachableException, JobRefusedException;

    /** Takes a last checkpoint and stops. */
    void stop(JobAddress job) throws JobUnreachableException, JobRefusedException;

    /** @param replicas by stage; one call for the whole graph */
    void setReplicas(JobAddress job, Map<String, Integer> replicas) throws JobUnreachableException, JobRefusedException;

    /**
     * Deletes the checkpoints and files of a job whose processes have ended, but no savepoints.
     *
     * @return whether all is gone; otherwise it is under way
     */
    boolean deleteData(JobAddress job) throws JobUnreachableException, JobRefusedException;
}
