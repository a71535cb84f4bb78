package stream.weir.operator.reconcile;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobRefusedException;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobUnreachableException;

/** A coordinator for each region that is asked for; who has no pods answers nothing. */
final class ScriptedJobs implements JobApi {
    private final Map<String, ScriptedJob> regions = new TreeMap<>();

    void add(String region, ScriptedJob job) {
        regions.put(region, job);
    }

    Map<String, ScriptedJob> regions() {
        return regions;
    }

    private ScriptedJob at(JobAddress address) throws JobUnreachableException {
        ScriptedJob job = regions.get(address.region());
        if (job == null) {
            throw new JobUnreachableException("nobody is at " + address);
        }
        return job;
    }

    @Override
    public JobStatus status(JobAddress job) throws JobUnreachableException {
        return at(job).status(job);
    }

    @Override
    public List<String> savepoints(JobAddress job) throws JobUnreachableException {
        return at(job).savepoints(job);
    }

    @Override
    public void takeCheckpoint(JobAddress job) throws JobUnreachableException {
        at(job).takeCheckpoint(job);
    }

    @Override
    public void takeSavepoint(JobAddress job, String name) throws JobUnreachableException, JobRefusedException {
        at(job).takeSavepoint(job, name);
    }

    @Override
    public void stop(JobAddress job) throws JobUnreachableException {
        at(job).stop(job);
    }

    @Override
    public void setReplicas(JobAddress job, Map<String, Integer> replicas)
            throws JobUnreachableException, JobRefusedException {
        at(job).setReplicas(job, replicas);
    }

    @Override
    public boolean deleteData(JobAddress job) throws JobUnreachableException, JobRefusedException {
        return at(job).deleteData(job);
    }
}
