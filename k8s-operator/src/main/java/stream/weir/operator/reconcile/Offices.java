package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.plan.Observed.AbandonedOffice;

/**
 * Tells whether a leader that does not answer has failed to renew its lease, too: then it is gone, or as good as gone, and a node's
 * controller needs some ten seconds more to say so. That the lease has not run out yet does no harm: it is given up by its version, so
 * that its holder cannot renew it, and whoever leads next fences all that the holder may still do.
 *
 * <p>Coordinators date their leases by their own clocks, which may be wrong. How far they are off is known from the last status that the
 * leader gave; a lease of whose leader nothing is known is not judged. Any thread.
 */
final class Offices {
    /** Leaders renew once a second. API servers may be slow for longer: so this alone, in one who can be reached, says nothing. */
    private static final Duration NOT_RENEWED_FOR = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final Map<JobKey, Duration> ahead = new ConcurrentHashMap<>();

    Offices(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A leader has answered just now. What the answer took makes leases look younger than they are, never older. */
    void answered(JobKey job, JobStatus status, Instant now) {
        ahead.put(job, Duration.between(now, Instant.ofEpochMilli(status.atMillis())));
    }

    /**
     * What the leader has left; empty while it may be there, and when it gave its lease up.
     *
     * @param silent since when coordinators have been out of reach, by {@code HOST:PORT}
     */
    Optional<AbandonedOffice> abandoned(JobKey job, Map<String, Instant> silent, Observer.Found found, Instant now) {
        return Optional.ofNullable(ahead.get(job)).flatMap(off -> cluster.lease(
                        job.namespace(), Weir.coordinator(job.region()))
                .flatMap(lease -> renewed(lease, off)
                        .filter(renewed -> !renewed.plus(NOT_RENEWED_FOR).isAfter(now))
                        .flatMap(renewed -> left(lease, renewed, silent, found))));
    }

    private static Optional<Instant> renewed(Lease lease, Duration off) {
        return Optional.ofNullable(lease.getSpec())
                .filter(spec -> spec.getHolderIdentity() != null
                        && !spec.getHolderIdentity().isEmpty())
                .flatMap(spec -> Optional.ofNullable(spec.getRenewTime()))
                .map(renewed -> renewed.toInstant().minus(off));
    }

    private static Optional<AbandonedOffice> left(
            Lease lease, Instant renewed, Map<String, Instant> silent, Observer.Found found) {
        String holder = host(lease.getSpec().getHolderIdentity());
        Optional<Pod> pod = found.pods().stream()
                .filter(each -> hosts(each).contains(holder))
                .findFirst();
        Set<String> hosts = pod.map(Offices::hosts).orElse(Set.of(holder));
        Optional<Instant> silentSince = silent.entrySet().stream()
                .filter(each -> hosts.contains(host(each.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
        Optional<String> name = pod.map(each -> each.getMetadata().getName());
        return pod.isEmpty() || silentSince.isPresent()
                ? Optional.of(new AbandonedOffice(name, lease.getMetadata().getResourceVersion(), renewed, silentSince))
                : Optional.empty();
    }

    /** All of a pod's: in a network of both versions a coordinator may call itself by either. */
    private static Set<String> hosts(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> Stream.concat(
                        Optional.ofNullable(status.getPodIP()).stream(),
                        status.getPodIPs().stream().map(PodIP::getIp)))
                .map(Offices::spelled)
                .collect(Collectors.toSet());
    }

    /** Of {@code HOST:PORT}; an address of version 6 may be in brackets. */
    private static String host(String address) {
        String host = address.substring(0, Math.max(0, address.lastIndexOf(':')));
        return spelled(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    /** In one spelling: Java does not shorten addresses of version 6, and Kubernetes does. */
    private static String spelled(String host) {
        try {
            return InetAddress.ofLiteral(host).getHostAddress();
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    /** The pipeline is gone. */
    void forget(String namespace, String pipeline) {
        ahead.keySet().removeIf(job -> job.isOf(namespace, pipeline));
    }
}
