package stream.weir.verification.simulation;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.runtime.source.SourceDriver;

/** Somebody who drains the job at some time, and asks again until he hears that it is on record: from then on it has to come about. */
final class Drain {
    private final World world;
    private boolean recorded;

    Drain(World world) {
        this.world = world;
    }

    void schedule() {
        world.time().after(world.chance().micros(2_000, 200_000), "somebody drains the job", "", this::ask);
    }

    /** How many records of each split the output has to be made of, as the job's last checkpoint tells. */
    Map<String, Long> positions(Manifest last) {
        Map<String, Long> positions = new HashMap<>();
        last.replicas().stream()
                .flatMap(replica -> replica.operator().stream())
                .filter(state -> state.name().equals(SourceDriver.POSITIONS))
                .flatMap(state -> state.entries().stream())
                .forEach(entry -> positions.put(
                        entry.key(), ByteBuffer.wrap(entry.value()).getLong()));
        return positions;
    }

    private void ask() {
        if (recorded) {
            return;
        }
        List<SimCoordinator> living = world.living();
        if (!living.isEmpty()) {
            world.coverage().drains();
            world.trace().note("asked to drain", "");
            living.getLast().drain(() -> {
                recorded = true;
                world.trace().note("the drain is on record", "");
            });
        }
        world.time().after(world.chance().micros(1_000, 30_000), "somebody asks again", "", this::ask);
    }
}
