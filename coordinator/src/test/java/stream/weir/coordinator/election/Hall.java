package stream.weir.coordinator.election;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import stream.weir.coordinator.loop.Timer;

/** Where elections are held in virtual time: candidates, each with a clock of its own that may stand still, as a paused process. */
public final class Hall {
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::at).thenComparingLong(Waiting::order));
    private final Map<String, Seat> seats = new HashMap<>();
    private final Map<String, LeaderElection> elections = new HashMap<>();
    private final List<String> leaders = new ArrayList<>();
    private final Map<String, String> followed = new HashMap<>();
    private long nanos = -7_000_000_000L;
    private long order;
    private int nonces;
    private int most;
    private int elected;

    private record Waiting(long at, long order, Seat seat, Runnable task) {}

    /** One candidate's process. */
    public final class Seat implements Timer, LeaderElection.Candidate {
        private final String name;
        private final List<Runnable> held = new ArrayList<>();
        private boolean paused;

        private Seat(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        public void run(Runnable task) {
            if (paused) {
                held.add(task);
            } else {
                task.run();
            }
        }

        public long nanos() {
            return nanos;
        }

        public String nonce() {
            return "n" + ++nonces;
        }

        @Override
        public Scheduled after(Duration delay, Runnable task) {
            Waiting next = new Waiting(nanos + delay.toNanos(), order++, this, task);
            waiting.add(next);
            return () -> waiting.remove(next);
        }

        @Override
        public void elected() {
            leaders.add(name);
            elected++;
            most = Math.max(most, leaders.size());
        }

        @Override
        public void lost(String why) {
            leaders.remove(name);
        }

        @Override
        public void follows(String leader) {
            followed.put(name, leader);
        }

        @Override
        public void leaderless() {
            followed.remove(name);
        }
    }

    public void stands(String name, Function<Seat, LeaderElection> election) {
        Seat seat = new Seat(name);
        seats.put(name, seat);
        LeaderElection standing = election.apply(seat);
        elections.put(name, standing);
        standing.start(seat);
    }

    public void leaves(String name) {
        Objects.requireNonNull(elections.get(name)).close();
        leaders.remove(name);
    }

    /** As kill -9. */
    public void dies(String name) {
        pause(name);
        seat(name).held.clear();
        leaders.remove(name);
    }

    public void pause(String name) {
        seat(name).paused = true;
    }

    public void resume(String name) {
        Seat seat = seat(name);
        seat.paused = false;
        List<Runnable> due = List.copyOf(seat.held);
        seat.held.clear();
        due.forEach(Runnable::run);
    }

    public void pass(long millis) {
        long end = nanos + millis * 1_000_000;
        while (!waiting.isEmpty() && waiting.peek().at() <= end) {
            Waiting next = waiting.remove();
            nanos = Math.max(nanos, next.at());
            next.seat().run(next.task());
        }
        nanos = end;
    }

    private Seat seat(String name) {
        return Objects.requireNonNull(seats.get(name), name);
    }

    /** Who believes to lead. */
    public List<String> leaders() {
        return List.copyOf(leaders);
    }

    /** Whom a candidate takes for the leader, where it does not lead. */
    public Optional<String> followedBy(String name) {
        return Optional.ofNullable(followed.get(name));
    }

    /** How often somebody was. */
    public int elected() {
        return elected;
    }

    /** The most that ever believed so at the same time. */
    public int mostLeaders() {
        return most;
    }
}
