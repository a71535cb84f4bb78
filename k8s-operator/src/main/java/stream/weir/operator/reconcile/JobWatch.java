package stream.weir.operator.reconcile;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.operator.job.JobAddress;
import stream.weir.operator.job.JobApi;
import stream.weir.operator.job.JobRefusedException;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobUnreachableException;

/**
 * Asks each coordinator every second how its job is, and has the pipeline looked at when something has changed that a plan could
 * depend on: a lost process is answered within seconds, and a pipeline that is well costs one small request. Any thread.
 */
public final class JobWatch {
    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);

    private final JobApi jobs;
    private final Executor threads;
    private final InstantSource clock;
    private final Map<JobKey, Watched> watched = new ConcurrentHashMap<>();
    private final Map<JobKey, Map<String, Instant>> outOfReach = new ConcurrentHashMap<>();

    private static final class Watched {
        private final JobAddress address;
        private volatile int last;
        private volatile boolean asking;

        Watched(JobAddress address, int last) {
            this.address = address;
            this.last = last;
        }
    }

    /** @param threads one for each request; may be virtual */
    public JobWatch(JobApi jobs, Executor threads, InstantSource clock) {
        this.jobs = jobs;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Learns which coordinators are out of reach, and answers since when each of them has been whenever anybody looked.
     *
     * @param silent {@code HOST:PORT}
     */
    Map<String, Instant> outOfReach(JobKey job, Set<String> silent) {
        Map<String, Instant> now = outOfReach.compute(job, (_, before) -> {
            Map<String, Instant> since = new HashMap<>();
            Instant first = clock.instant();
            for (String coordinator : silent) {
                since.put(coordinator, before == null ? first : before.getOrDefault(coordinator, first));
            }
            return since.isEmpty() ? null : Map.copyOf(since);
        });
        return now == null ? Map.of() : now;
    }

    void watch(JobAddress address) {
        watched.compute(JobKey.of(address), (_, before) -> {
            if (before != null && before.address.equals(address)) {
                return before;
            }
            return new Watched(address, before == null ? 0 : before.last);
        });
    }

    /** A pipeline that is watched. */
    public record Pipeline(String namespace, String name) {}

    public Stream<Pipeline> pipelines() {
        return watched.keySet().stream()
                .map(one -> new Pipeline(one.namespace(), one.pipeline()))
                .distinct();
    }

    void forget(String namespace, String pipeline) {
        watched.keySet().removeIf(job -> job.isOf(namespace, pipeline));
        outOfReach.keySet().removeIf(job -> job.isOf(namespace, pipeline));
    }

    /** What the pipeline has no more is asked no more. */
    void keep(String namespace, String pipeline, Collection<String> regions) {
        Predicate<JobKey> dropped = job -> job.isOf(namespace, pipeline) && !regions.contains(job.region());
        watched.keySet().removeIf(dropped);
        outOfReach.keySet().removeIf(dropped);
    }

    /** One round; to be called every second. @param changed namespace and name of a pipeline */
    public void round(BiConsumer<String, String> changed) {
        for (Watched one : watched.values()) {
            if (!one.address.coordinators().isEmpty() && !one.asking) {
                one.asking = true;
                threads.execute(() -> ask(one, changed));
            }
        }
    }

    private void ask(Watched one, BiConsumer<String, String> changed) {
        try {
            int now = 1;
            Set<String> silent = Set.of();
            try {
                now = digest(jobs.status(one.address));
            } catch (JobUnreachableException e) {
                silent = e.silent();
            } catch (JobRefusedException e) {
                LOG.debug("{} does not say how its job is", one.address, e);
            }
            outOfReach(JobKey.of(one.address), silent);
            // Pods that are lost are looked at until they are replaced: at first it is not known whether their node is.
            if (now != one.last) {
                one.last = now;
                changed.accept(one.address.namespace(), one.address.pipeline());
            }
        } finally {
            one.asking = false;
        }
    }

    private static int digest(JobStatus status) {
        List<Object> parts = new ArrayList<>(List.of(status.phase(), status.run(), status.term(), status.revisions()));
        status.stages().forEach(stage -> {
            parts.add(stage.name() + stage.wanted() + "/" + stage.replicas().size() + "/" + stage.ready());
            parts.add(stage.instances());
        });
        // Its age too, as long as something is lost: a plan waits for kubelets before it acts.
        status.lost()
                .forEach(
                        lost -> parts.add(lost.instance() + Math.min(10, (status.atMillis() - lost.atMillis()) / 500)));
        parts.add(status.newest().isPresent());
        parts.add(status.lastEnded().map(JobStatus.Checkpoint::complete));
        return Objects.hash(parts.toArray());
    }
}
