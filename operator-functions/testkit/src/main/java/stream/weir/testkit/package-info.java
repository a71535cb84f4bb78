/**
 * For users' own tests: runs a function as a replica would, with one record at a time, with a clock and watermarks that the test
 * moves, and checks that a snapshot and restore after every call changes nothing. Used on the test's thread only.
 */
@NullMarked
package stream.weir.testkit;

import org.jspecify.annotations.NullMarked;
