package stream.weir.verification.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Runs worlds, seed by seed. */
final class Seeds {
    private static final Logger LOGS = Logger.getLogger("stream.weir");

    private final Path folder;

    private Seeds(Path folder) {
        this.folder = folder;
    }

    /** @param folder for local files of replicas; empty again after each seed */
    static Seeds in(Path folder) {
        LOGS.setLevel(Level.OFF);
        return new Seeds(folder);
    }

    /**
     * What a seed led to.
     *
     * @param failure empty when all was well
     */
    record Outcome(long seed, Optional<String> failure, Coverage coverage, long events, long checksum) {}

    /** With faults drawn from the seed. */
    Outcome run(long seed) {
        return run(seed, World.of(seed, folder, Plant.NONE));
    }

    /** As {@link #run(long)}, with an input that never ends, and somebody who drains the job. */
    Outcome drain(long seed) {
        return run(seed, World.draining(seed, folder));
    }

    Outcome run(long seed, Set<Fault> faults, Plant plant) {
        return run(seed, World.of(seed, faults, folder, plant));
    }

    private Outcome run(long seed, World world) {
        Optional<String> failure = Optional.empty();
        try (world) {
            world.run();
        } catch (Exception | Error e) {
            failure = Optional.of(describe(seed, world, e));
        } finally {
            delete(folder.resolve(World.RUNS));
        }
        return new Outcome(
                seed,
                failure,
                world.coverage(),
                world.trace().count(),
                world.trace().checksum());
    }

    private static String describe(long seed, World world, Throwable error) {
        StringBuilder text = new StringBuilder("seed " + seed + ": " + error + "\n" + world.settings()
                + "\nreplay with -Dweir.simulation.seed=" + seed + "; the last events:\n"
                + world.trace().lastEvents() + "\nand then: " + error);
        List.of(error.getStackTrace()).stream().limit(25).forEach(frame -> text.append("\n    ")
                .append(frame));
        return text.toString();
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> found = Files.walk(tree)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + tree, e);
        }
    }
}
