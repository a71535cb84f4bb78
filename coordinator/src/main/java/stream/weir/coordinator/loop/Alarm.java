package stream.weir.coordinator.loop;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Wakes its owner at the time that was set last. Belongs to one thread; its task runs on the timer's. */
public final class Alarm {
    private final CoordinatorPorts ports;
    private final Runnable task;
    private Timer.@Nullable Scheduled scheduled;

    public Alarm(CoordinatorPorts ports, Runnable task) {
        this.ports = ports;
        this.task = task;
    }

    /** @param nanos by the ports' monotonic clock; empty for no time at all */
    public void set(OptionalLong nanos) {
        if (scheduled != null) {
            scheduled.cancel();
            scheduled = null;
        }
        if (nanos.isPresent()) {
            long delay = nanos.getAsLong() - ports.nanos().getAsLong();
            scheduled = ports.timer().after(Duration.ofNanos(delay < 0 ? 0 : delay), task);
        }
    }
}
