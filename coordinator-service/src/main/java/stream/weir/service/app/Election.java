package stream.weir.service.app;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.election.LeaderElection;
import stream.weir.coordinator.election.LeaseConfig;
import stream.weir.coordinator.election.LeaseElection;
import stream.weir.coordinator.election.LeaseRegister;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.protocol.control.Address;
import stream.weir.service.ControlDesk;
import stream.weir.service.CoordinatorProcess;

/** Stands for leadership by a lease, and tells the process of it. Changes belong to the loop's thread. */
final class Election {
    private static final Logger LOG = LoggerFactory.getLogger(Election.class);

    private final LeaseRegister register;
    private final Address self;
    private final LeaseConfig config;
    private final CoordinatorPorts ports;
    private @Nullable LeaseElection current;
    private LeaderElection.@Nullable Candidate candidate;

    private Election(LeaseRegister register, Address self, LeaseConfig config, CoordinatorPorts ports) {
        this.register = register;
        this.self = self;
        this.config = config;
        this.ports = ports;
    }

    /**
     * @param register where the lease is
     * @param self where this process takes control connections; what it is known by while it leads
     */
    static Election of(
            LeaseRegister register,
            Address self,
            CoordinatorPorts ports,
            CoordinatorConfiguration.ElectionSettings settings) {
        return new Election(register, self, new LeaseConfig(settings.renewInterval(), settings.leaseDuration()), ports);
    }

    /** Begins to stand. */
    void stand(CoordinatorProcess process, ControlDesk connections) {
        ports.loop().execute(() -> {
            candidate = new ToProcess(process, connections, self);
            begin();
        });
    }

    /** Gives the office up, and stands again. */
    void stepDown() {
        ports.loop().execute(() -> {
            end();
            begin();
        });
    }

    /**
     * Gives the office up, and stands no more.
     *
     * @return completed when it is given up, or could not be; until then the ports are needed
     */
    CompletionStage<Boolean> leave() {
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        ports.loop().execute(() -> end().whenComplete((_, _) -> left.complete(true)));
        return left;
    }

    private void begin() {
        LeaderElection.Candidate standing = candidate;
        if (standing != null) {
            LeaseElection begun = new LeaseElection(
                    register,
                    self.toString(),
                    config,
                    new LeaseElection.Ports(
                            ports.loop(), ports.storeCalls(), ports.timer(), ports.nanos(), ports.nonces()));
            current = begun;
            begun.start(standing);
        }
    }

    private CompletionStage<Boolean> end() {
        LeaseElection present = current;
        current = null;
        return present == null ? CompletableFuture.completedFuture(true) : present.leave();
    }

    private record ToProcess(CoordinatorProcess process, ControlDesk connections, Address self)
            implements LeaderElection.Candidate {
        @Override
        public void elected() {
            process.leaderIs(Optional.of(self.toString()));
            connections.leaderIs(Optional.empty());
            process.elected();
        }

        @Override
        public void lost(String why) {
            process.lost(why);
        }

        @Override
        public void follows(String leader) {
            if (process.leader().filter(leader::equals).isEmpty()) {
                LOG.info("{} leads; this process waits", leader);
            }
            process.leaderIs(Optional.of(leader));
            connections.leaderIs(address(leader));
        }

        @Override
        public void leaderless() {
            process.leader().ifPresent(before -> LOG.info("{} does not lead any more, as it seems", before));
            process.leaderIs(Optional.empty());
            connections.leaderIs(Optional.empty());
        }

        private static Optional<Address> address(String holder) {
            try {
                return Optional.of(Address.parse(holder));
            } catch (IllegalArgumentException e) {
                LOG.debug("the holder of the lease is no address: {}", holder, e);
                return Optional.empty();
            }
        }
    }
}
