package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stream.weir.kubernetes.resource.PipelinePhase;

/** An operator that dies before any of its writes: the next one goes on, and what comes of it is the same. */
final class KilledOperatorIT {
    private static final int MOST_WRITES = 200;

    private ApiServer api;
    private World world;

    @BeforeEach
    void start() throws IOException {
        api = ApiServer.shared();
        world = new World(api);
    }

    @Test
    void when_it_dies_at_each_write_of_a_start_an_upgrade_a_scaling_and_a_suspension_then_nothing_is_lost() {
        world.apply(LifeIT.SPEC);
        int start = dyingAtEachWrite();
        world.assertRuns();

        world.apply(LifeIT.CHANGED);
        int upgrade = dyingAtEachWrite();
        world.assertRuns();
        assertThat(world.deployments())
                .as("one revision of each stage, and the coordinator")
                .hasSize(4);

        world.scale("sum", 4);
        int up = dyingAtEachWrite();
        world.scale("sum", 1);
        int down = dyingAtEachWrite();
        world.assertRuns();
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 1, "out", 1));

        world.apply(LifeIT.CHANGED.replace("{checkpoint", "{suspend: true, checkpoint"));
        int suspended = dyingAtEachWrite();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Suspended);
        assertThat(world.job.startsFromNothing)
                .as("one start from nothing, the first")
                .isEqualTo(1);
        assertThat(start).isGreaterThan(10);
        assertThat(upgrade + up + down + suspended).isGreaterThan(10);
    }

    /** Lets one write through, kills, starts anew, until all is done; gives how often it died. */
    private int dyingAtEachWrite() {
        for (int died = 0; died < MOST_WRITES; died++) {
            world.restartOperator();
            // What each new one applies again first is counted too: it gets a little further each time.
            api.fuse.set(died);
            boolean dead = false;
            try {
                world.reconcile();
            } catch (RuntimeException e) {
                dead = true;
            }
            api.fuse.set(-1);
            world.nodes.run();
            world.elect();
            if (!dead && died > 12) {
                world.settle();
                return died;
            }
        }
        throw new AssertionError("it does not come to an end: " + world.status());
    }
}
