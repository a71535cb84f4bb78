/**
 * Real servers for tests, each a process of its own that dies with this one, and a proxy that stands before them and fails as told.
 * Handles are safe for use by any number of threads; starting and stopping blocks. Where a server is not at hand, its
 * {@code whyNotAvailable()} says so, for assumptions of tests.
 */
@NullMarked
package stream.weir.testservers;

import org.jspecify.annotations.NullMarked;
