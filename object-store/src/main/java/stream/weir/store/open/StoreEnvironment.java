package stream.weir.store.open;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a store is given to work with.
 *
 * @param transfers runs parts of large files; the store bounds how many there are at once, and never waits there for one another
 * @param pause between attempts
 * @param random for the lengths of pauses; safe for use by any number of threads
 */
public record StoreEnvironment(Executor transfers, Pause pause, RandomGenerator random) {}
