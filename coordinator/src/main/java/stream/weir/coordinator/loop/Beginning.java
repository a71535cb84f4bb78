package stream.weir.coordinator.loop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.Continued;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.Opened;
import stream.weir.coordinator.store.Opening;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusal;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;

/**
 * What comes before there is a job to coordinate: a term is opened, and then either the next run, or, where all replicas of the last
 * one are alive, that one goes on.
 */
final class Beginning {
    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

    private final Job job;
    private final Opening opening;
    private final CoordinatorPorts ports;
    private final ReplicaGateway gateway;
    private final LoopThread thread;
    private final Outcomes outcomes;

    Beginning(Job job, Opening opening, CoordinatorPorts ports, ReplicaGateway gateway, Loop loop) {
        this.job = job;
        this.opening = opening;
        this.ports = ports;
        this.gateway = gateway;
        this.thread = loop.thread();
        this.outcomes = loop.outcomes();
    }

    /** Who is to hear of it, and where. */
    record Loop(LoopThread thread, Outcomes outcomes) {}

    /** The loop; exactly one of {@code opened}, {@code continued} and {@code refused} comes, on its thread. */
    interface Outcomes {
        void opened(Opened opened);

        void continued(Continued continued);

        void refused(StartRefusedException reason);

        /** Somebody has asked an earlier leader for this: as soon as the run goes on. */
        void asked(Asked earlier);

        /** There is no run that would have to be stopped; a start would go on from {@code newest}. */
        void stopped(String why, Optional<Manifest> newest);
    }

    /**
     * What an earlier leader was asked for, and has not come about.
     *
     * @param end how the job is to end, where it is
     * @param savepoints names of those that are not there
     */
    record Asked(Optional<AskedEnd> end, List<String> savepoints) {}

    void start(StartOptions options) {
        prepare(
                () -> {
                    Opening.Leader leader =
                            opening.lead(ports.nonces().get(), ports.wallClock().millis());
                    return opening.open(options, leader.term(), (run, last) -> wanted(last));
                },
                outcomes::opened);
    }

    void lead(StartOptions options) {
        lead(options, () -> opening.beginsElsewhere(options));
    }

    /**
     * The last run does not go on.
     *
     * @param forgotten what became of ends that were asked for before
     */
    void leadAnew(StartOptions options, StoreResult forgotten) {
        if (forgotten instanceof StoreResult.Durable) {
            lead(options, () -> true);
        } else {
            outcomes.refused(new StartRefusedException(
                    StartRefusal.STORE_FAILED,
                    "Cannot start " + job.pipeline().name()
                            + " again: how it was to end before is still on record, and would end it again: "
                            + forgotten));
        }
    }

    private void lead(StartOptions options, Preparation<Boolean> beginsElsewhere) {
        prepare(
                () -> {
                    Opening.Leader leader =
                            opening.lead(ports.nonces().get(), ports.wallClock().millis());
                    return new Candidate(leader, options, beginsElsewhere.make(), opening.savepointsAsked());
                },
                this::survey);
    }

    private record Candidate(
            Opening.Leader leader, StartOptions options, boolean beginsElsewhere, List<String> savepoints) {}

    private void survey(Candidate candidate) {
        Opening.Leader leader = candidate.leader();
        Fence fence = new Fence(job.pipeline().name(), leader.run(), leader.term());
        LOG.info("{}: leads in term {}; the last run is {}", job.pipeline().name(), fence.term(), fence.run());
        PipelineDescription wanted = wanted(leader.last());
        ReplicaGateway.Plan plan = new ReplicaGateway.Plan(leader.last().orElse(wanted), wanted);
        Asked earlier = new Asked(leader.end(), candidate.savepoints());
        if (earlier.end().isPresent() || !earlier.savepoints().isEmpty()) {
            LOG.info("{}: an earlier leader was asked for {}", job.pipeline().name(), earlier);
        }
        outcomes.asked(earlier);
        if (candidate.beginsElsewhere()) {
            LOG.info(
                    "{}: run {} does not go on, as asked: {}", job.pipeline().name(), fence.run(), candidate.options());
            gateway.lead(fence, plan, answer -> {});
            open(candidate, wanted);
        } else {
            gateway.lead(fence, plan, answer -> thread.post(() -> surveyed(candidate, answer)));
        }
    }

    private void surveyed(Candidate candidate, Survey answer) {
        Opening.Leader leader = candidate.leader();
        switch (answer) {
            case Survey.Unbroken(long heard) ->
                prepare(
                        () -> opening.takeOver(leader.term(), leader.run(), heard),
                        continued -> continued.ifPresentOrElse(outcomes::continued, () -> notTaken(candidate, heard)));
            case Survey.Broken(String why, PipelineDescription next) -> {
                if (leader.run() > 0) {
                    LOG.warn("{}: run {} does not go on: {}", job.pipeline().name(), leader.run(), why);
                }
                if (leader.end().equals(Optional.of(AskedEnd.STOP))
                        && candidate.savepoints().isEmpty()) {
                    String asked = "as asked of an earlier leader, without a last checkpoint: " + why;
                    prepare(() -> opening.newest(leader), newest -> outcomes.stopped(asked, newest));
                } else {
                    open(candidate, next);
                }
            }
            case Survey.Fenced(long newerTerm, String who) ->
                outcomes.refused(new StartRefusedException(
                        StartRefusal.FENCED,
                        "Cannot take over " + job.pipeline().name() + ": FENCED: term " + leader.term() + " < "
                                + newerTerm + ": " + who + " follows a newer coordinator"));
        }
    }

    private void notTaken(Candidate candidate, long heard) {
        Opening.Leader leader = candidate.leader();
        LOG.warn(
                "{}: run {} does not go on in term {}: all its replicas are there, which have heard of checkpoint {}, but the store"
                        + " has another run as the last one, or too few checkpoints for that",
                job.pipeline().name(),
                leader.run(),
                leader.term(),
                heard);
        open(candidate, leader.last().orElse(wanted(leader.last())));
    }

    private void open(Candidate candidate, PipelineDescription next) {
        Opening.Leader leader = candidate.leader();
        // The leader before may have opened another run since.
        Opening.Shape shape = (run, last) -> run == leader.run() || job.counts() == Counts.OF_PLAN
                ? next
                : next.with(last.map(PipelineDescription::counts).orElse(Map.of()));
        prepare(() -> opening.open(candidate.options(), leader.term(), shape), outcomes::opened);
    }

    /** What the pipeline is to have; where the run before has the very same, its own description, whatever its order. */
    private PipelineDescription wanted(Optional<PipelineDescription> lastRun) {
        PipelineDescription plan = job.pipeline();
        PipelineDescription last = lastRun.orElse(plan);
        PipelineDescription wanted =
                switch (job.counts()) {
                    case OF_PLAN -> plan;
                    case OF_LAST_RUN -> plan.with(last.counts());
                };
        return wanted.isSameAs(last) ? last : wanted;
    }

    private interface Preparation<T> {
        T make() throws StartRefusedException;
    }

    /** Asks the store before there is a run; a refusal ends the job. */
    private <T> void prepare(Preparation<T> preparation, Consumer<T> next) {
        ports.storeCalls().execute(() -> {
            if (thread.isClosed()) {
                return;
            }
            try {
                T made = preparation.make();
                thread.post(() -> next.accept(made));
            } catch (StartRefusedException e) {
                thread.post(() -> outcomes.refused(e));
            } catch (RuntimeException | Error e) {
                thread.post(() -> outcomes.refused(new StartRefusedException(
                        StartRefusal.STORE_FAILED,
                        "Cannot start " + job.pipeline().name() + ": " + e,
                        e)));
            }
        });
    }
}
