package stream.weir.coordinator.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.store.TestStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;

final class LeaseElectionTest extends LeaderElectionContract {
    private final Leases store = new Leases();

    @Override
    protected LeaderElection candidate(Hall.Seat seat) {
        Executor executor = seat::run;
        LeaseElection.Ports ports = new LeaseElection.Ports(executor, executor, seat, seat::nanos, seat::nonce);
        return new LeaseElection(new StoreRegister(store), seat.name(), LeaseConfig.defaults(), ports);
    }

    @Override
    protected void reachable(boolean reachable) {
        store.down = !reachable;
    }

    @Test
    void when_a_renewal_is_applied_but_its_answer_is_lost_then_the_leader_goes_on() {
        hall().stands("a", this::candidate);
        store.answersLost = true;
        hall().pass(60_000);

        assertThat(hall().leaders()).containsExactly("a");
    }

    @Test
    void when_an_earlier_renewal_comes_to_light_whose_answer_was_lost_then_the_leader_goes_on() {
        hall().stands("a", this::candidate);
        store.answersLost = true;
        store.unreadable = true;
        hall().pass(2_500);
        store.answersLost = false;
        store.unreadable = false;

        hall().pass(1_000);
        assertThat(hall().leaders())
                .as("it finds what it has written two seconds before")
                .containsExactly("a");
        store.down = true;
        hall().pass(4_000);
        assertThat(hall().leaders())
                .as("which counts from when it was asked for")
                .isEmpty();
        store.down = false;
        hall().pass(1_000);
        assertThat(hall().leaders()).containsExactly("a");
    }

    @Test
    void when_renewals_are_refused_and_its_lease_is_still_there_then_the_leader_goes_on_until_that_expires() {
        hall().stands("a", this::candidate);
        hall().pass(2_500);
        store.writesRefused = true;
        hall().pass(2_000);
        assertThat(hall().leaders()).containsExactly("a");
        store.writesRefused = false;
        hall().pass(60_000);
        assertThat(hall().leaders()).containsExactly("a");
        assertThat(hall().elected()).as("never again").isOne();

        store.writesRefused = true;
        hall().pass(5_500);
        assertThat(hall().leaders()).isEmpty();
        store.writesRefused = false;
        hall().pass(2_000);
        assertThat(hall().leaders()).containsExactly("a");
    }

    @Test
    void when_the_leader_is_gone_and_its_lease_cannot_be_taken_then_nobody_is_sent_to_it_any_more() {
        hall().stands("a", this::candidate);
        hall().stands("b", this::candidate);
        hall().pass(2_500);
        assertThat(hall().followedBy("b")).contains("a");
        hall().dies("a");
        store.down = true;
        hall().pass(4_000);
        store.down = false;
        store.writesRefused = true;

        hall().pass(2_000);

        assertThat(hall().followedBy("b")).isEmpty();
    }

    @Test
    void when_the_lease_cannot_be_read_then_it_is_taken_when_it_has_expired() {
        store.upload(StoreRegister.NAME, "what is this".getBytes(StandardCharsets.UTF_8));
        hall().stands("a", this::candidate);

        hall().pass(3_900);
        assertThat(hall().leaders()).isEmpty();
        hall().pass(2_000);
        assertThat(hall().leaders()).containsExactly("a");
    }

    @Test
    void when_the_expiry_is_not_twice_the_renewal_then_refused_with_both() {
        assertThatThrownBy(() -> new LeaseConfig(Duration.ofSeconds(3), Duration.ofSeconds(4)))
                .hasMessageContaining("lease.renew is PT3S, lease.expires is PT4S");
    }

    @Test
    void when_it_leaves_while_a_renewal_is_under_way_then_the_renewed_lease_is_given_up() throws StoreException {
        List<Runnable> calls = new ArrayList<>();
        List<LeaseElection> elections = new ArrayList<>();
        hall().stands("a", seat -> {
            LeaseElection.Ports ports = new LeaseElection.Ports(seat::run, calls::add, seat, seat::nanos, seat::nonce);
            LeaseElection election =
                    new LeaseElection(new StoreRegister(store), seat.name(), LeaseConfig.defaults(), ports);
            elections.add(election);
            return election;
        });
        calls.removeFirst().run();
        assertThat(hall().leaders()).containsExactly("a");
        hall().pass(1_000);
        assertThat(calls).as("a renewal").hasSize(1);

        CompletionStage<Boolean> left = elections.getFirst().leave();
        assertThat(left.toCompletableFuture()).isNotDone();
        calls.removeFirst().run();
        assertThat(left.toCompletableFuture()).isNotDone();
        calls.removeFirst().run();

        assertThat(left.toCompletableFuture()).isDone();
        assertThat(store.readVersioned(StoreRegister.NAME, 4_096))
                .hasValueSatisfying(lease -> assertThat(new String(lease.content(), StandardCharsets.UTF_8))
                        .contains("RELEASED"));
    }

    /** A store that can be out of reach, or do what it is asked and not say so. */
    private static final class Leases extends TestStore {
        private boolean down;
        private boolean answersLost;
        private boolean unreadable;
        private boolean writesRefused;

        @Override
        public Optional<String> replace(String name, String version, byte[] content) throws StoreException {
            check();
            if (writesRefused) {
                throw new StoreException("SlowDown", Outcome.NOT_APPLIED);
            }
            Optional<String> replaced = super.replace(name, version, content);
            if (answersLost) {
                throw new StoreException("timeout", Outcome.UNKNOWN);
            }
            return replaced;
        }

        @Override
        public Optional<Versioned> readVersioned(String name, int maxBytes) throws StoreException {
            check();
            if (unreadable) {
                throw new StoreException("less than a quorum", Outcome.NOT_APPLIED);
            }
            return super.readVersioned(name, maxBytes);
        }

        private void check() throws StoreException {
            if (down) {
                throw new StoreException("no route to host", Outcome.NOT_APPLIED);
            }
        }
    }
}
