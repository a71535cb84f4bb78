package stream.weir.verification.simulation;

import java.util.List;

/** The faults that come at their own time. */
final class Disasters {
    private static final int HOUR_MILLIS = 3_600_000;

    private final World world;

    Disasters(World world) {
        this.world = world;
    }

    void schedule() {
        Faults faults = world.faults();
        faults.schedule(Fault.REPLICA_KILLED, this::killReplica);
        faults.schedule(Fault.LINK_BROKEN, this::breakLink);
        faults.schedule(Fault.COORDINATOR_KILLED, this::killCoordinator);
        faults.schedule(Fault.TWO_COORDINATORS, this::startRival);
        faults.schedule(Fault.ALL_KILLED, this::killAll);
        faults.schedule(Fault.WENT_BACK, world::goBack);
        faults.schedule(Fault.RESCALED, world::rescale);
        faults.schedule(Fault.CLOCK_JUMPED, this::jumpClock);
    }

    private boolean killReplica() {
        List<SimReplica> living = world.presentRun().map(SimRun::living).orElse(List.of());
        if (living.isEmpty()) {
            return false;
        }
        world.chance().oneOf(living).kill();
        return true;
    }

    private boolean breakLink() {
        List<SimLink> links = world.presentRun().map(SimRun::links).orElse(List.of());
        if (links.isEmpty()) {
            return false;
        }
        world.chance().oneOf(links).cut();
        return true;
    }

    private boolean killCoordinator() {
        if (world.living().isEmpty()) {
            return false;
        }
        world.killCoordinators();
        return true;
    }

    /** The one that is alive does not know, and goes on for a while. */
    private boolean startRival() {
        List<SimCoordinator> living = world.living();
        if (living.size() != 1) {
            return false;
        }
        SimCoordinator first = living.getFirst();
        world.startRival();
        world.time()
                .after(world.chance().micros(1_000, 100_000), "first coordinator ends", "", () -> world.kill(first));
        return true;
    }

    private boolean killAll() {
        world.killEverything();
        return true;
    }

    private boolean jumpClock() {
        world.jumpClock(world.chance().between(-HOUR_MILLIS, HOUR_MILLIS));
        return true;
    }
}
