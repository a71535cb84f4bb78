package stream.weir.operator.reconcile;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.PipelineOutline;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobRefusedException;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobStatus.Checkpoint;
import stream.weir.operator.job.JobStatus.Figures;
import stream.weir.operator.job.JobStatus.Phase;
import stream.weir.operator.job.JobUnreachableException;

/** A coordinator that keeps to the agreement, without data: its processes are the pods that there are. */
final class ScriptedJob implements JobApi {
    private final InstantSource clock;
    private final String region;
    final List<String> calls = new ArrayList<>();
    final Set<String> savepoints = new TreeSet<>();
    final List<JobStatus.Lost> lost = new ArrayList<>();
    private final Map<String, Integer> wanted = new LinkedHashMap<>();
    private final Map<String, List<Process>> holders = new LinkedHashMap<>();
    private List<Process> processes = List.of();
    private Map<String, String> revisions = Map.of();
    private Optional<String> leader = Optional.empty();
    Phase phase = Phase.STARTING;
    boolean storeIsDown;
    boolean refusesReplicas;
    boolean dataDeleted;
    double busy;
    long lag;
    private long run;
    private long term;
    private long checkpoint;
    private Optional<Checkpoint> newest = Optional.empty();
    private Optional<Checkpoint> lastEnded = Optional.empty();
    private long completed;
    private Optional<JobStatus.Recovery> recovered = Optional.empty();
    String failure = "STORE_FAILED";
    int startsFromNothing;

    /** A pod of a stage. */
    record Process(String pod, String stage, String revision) {}

    ScriptedJob(InstantSource clock, String region) {
        this.clock = clock;
        this.region = region;
    }

    /** A pod leads with this file; a pod that led before does no more. */
    void leads(String pod, String file) {
        if (leader.filter(pod::equals).isPresent()) {
            return;
        }
        leader = Optional.of(pod);
        term++;
        completed = 0;
        PipelineOutline whole = ((PipelineFile.Outlined) PipelineFile.outline(file, Path.of("/etc/weir"))).outline();
        PipelineOutline outline = whole.region(Optional.of(region)).orElseThrow();
        if (phase != Phase.COMPLETED
                && (phase == Phase.STOPPED || !outline.revisions().equals(revisions) || phase == Phase.FAILED)) {
            phase = Phase.STARTING;
            run++;
            if (newest.isEmpty()) {
                startsFromNothing++;
            }
            holders.clear();
        }
        revisions = outline.revisions();
        wanted.keySet().retainAll(revisions.keySet());
        outline.stages().forEach(stage -> wanted.putIfAbsent(stage.name(), stage.replicas()));
    }

    void nobodyLeads() {
        leader = Optional.empty();
    }

    /** What follows from the processes that there are. */
    void tick(List<Process> there) {
        processes = List.copyOf(there);
        if (leader.isEmpty() || !(phase == Phase.STARTING || phase == Phase.RUNNING || phase == Phase.RECOVERING)) {
            return;
        }
        boolean enough =
                revisions.keySet().stream().allMatch(stage -> own(stage).size() >= wanted.getOrDefault(stage, 1));
        boolean held =
                holders.values().stream().flatMap(List::stream).allMatch(processes::contains) && !holders.isEmpty();
        boolean same = revisions.keySet().stream()
                .allMatch(stage -> holders.getOrDefault(stage, List.of()).size() == wanted.getOrDefault(stage, 1));
        if (enough && !(held && same)) {
            if (!holders.isEmpty()) {
                run++;
            }
            if (!held && !holders.isEmpty()) {
                recovered = Optional.of(new JobStatus.Recovery(run, checkpoint, "a replica was lost"));
            }
            revisions.keySet().forEach(stage -> {
                List<Process> keep = new ArrayList<>(holders.getOrDefault(stage, List.of()));
                keep.retainAll(processes);
                own(stage).stream().filter(process -> !keep.contains(process)).forEach(keep::add);
                holders.put(stage, List.copyOf(keep.subList(0, wanted.getOrDefault(stage, 1))));
            });
            takeOne();
            phase = Phase.RUNNING;
        } else if (!held) {
            phase = holders.isEmpty() ? Phase.STARTING : Phase.RECOVERING;
        }
    }

    void takeOne() {
        checkpoint++;
        long now = clock.millis();
        Checkpoint taken = new Checkpoint(
                checkpoint,
                !storeIsDown,
                "CHECKPOINT",
                now,
                0,
                1024,
                512,
                Map.of("sum", 1024L),
                storeIsDown ? Optional.of(failure) : Optional.empty(),
                storeIsDown ? "503 SlowDown" : "");
        lastEnded = Optional.of(taken);
        if (!storeIsDown) {
            newest = lastEnded;
            completed++;
        }
    }

    @Override
    public JobStatus status(JobAddress job) throws JobUnreachableException {
        reached(job);
        List<JobStatus.Stage> stages = new ArrayList<>();
        Set<String> names = new TreeSet<>(revisions.keySet());
        processes.forEach(process -> names.add(process.stage()));
        for (String stage : names) {
            List<Process> has = holders.getOrDefault(stage, List.of());
            List<JobStatus.Replica> replicas = new ArrayList<>();
            for (int i = 0; i < has.size(); i++) {
                boolean there = processes.contains(has.get(i));
                replicas.add(new JobStatus.Replica(
                        i, Optional.of(has.get(i).pod()), there, there, false, Optional.of(figures(stage))));
            }
            stages.add(new JobStatus.Stage(
                    stage,
                    wanted.getOrDefault(stage, 0),
                    replicas,
                    processes.stream()
                            .filter(process -> process.stage().equals(stage))
                            .map(process -> new JobStatus.Instance(
                                    process.pod(), process.revision(), isConnected(process), Optional.empty()))
                            .toList()));
        }
        return new JobStatus(
                phase,
                "",
                Set.of(),
                leader.orElse(""),
                run,
                term,
                clock.millis(),
                revisions,
                stages,
                newest,
                lastEnded,
                0,
                completed,
                0,
                List.copyOf(lost),
                recovered);
    }

    private boolean isConnected(Process process) {
        return lost.stream().noneMatch(gone -> gone.instance().equals(process.pod()));
    }

    private Figures figures(String stage) {
        return new Figures(
                clock.millis(),
                1000,
                busy,
                0,
                1 - busy,
                OptionalLong.empty(),
                Optional.of(new JobStatus.Totals(clock.millis(), Math.round(clock.millis() * busy), 0)),
                stage.equals("in") ? OptionalLong.of(lag) : OptionalLong.empty(),
                Map.of(),
                Map.of());
    }

    @Override
    public List<String> savepoints(JobAddress job) throws JobUnreachableException {
        reached(job);
        return List.copyOf(savepoints);
    }

    @Override
    public void takeCheckpoint(JobAddress job) throws JobUnreachableException {
        reached(job);
        calls.add("checkpoint");
        takeOne();
    }

    @Override
    public void takeSavepoint(JobAddress job, String name) throws JobUnreachableException, JobRefusedException {
        reached(job);
        calls.add("savepoint " + name);
        if (!storeIsDown) {
            savepoints.add(name);
        }
    }

    @Override
    public void stop(JobAddress job) throws JobUnreachableException {
        reached(job);
        calls.add("stop");
        takeOne();
        phase = Phase.STOPPED;
    }

    @Override
    public void setReplicas(JobAddress job, Map<String, Integer> replicas)
            throws JobUnreachableException, JobRefusedException {
        reached(job);
        calls.add("replicas " + new java.util.TreeMap<>(replicas));
        if (refusesReplicas) {
            throw new JobRefusedException("MORE_REPLICAS_THAN_KEY_GROUPS", "300 of 128");
        }
        wanted.putAll(replicas);
    }

    @Override
    public boolean deleteData(JobAddress job) throws JobUnreachableException, JobRefusedException {
        reached(job);
        calls.add("delete data");
        if (storeIsDown) {
            throw new JobRefusedException("STORE_FAILED", "503 SlowDown");
        }
        dataDeleted = true;
        return true;
    }

    Map<String, List<String>> holders() {
        Map<String, List<String>> names = new HashMap<>();
        holders.forEach(
                (stage, has) -> names.put(stage, has.stream().map(Process::pod).toList()));
        return names;
    }

    long run() {
        return run;
    }

    private List<Process> own(String stage) {
        return processes.stream()
                .filter(process ->
                        process.stage().equals(stage) && process.revision().equals(revisions.get(stage)))
                .toList();
    }

    private void reached(JobAddress job) throws JobUnreachableException {
        if (leader.isEmpty()) {
            throw new JobUnreachableException("nobody answers at " + job, Set.copyOf(job.coordinators()));
        }
    }
}
