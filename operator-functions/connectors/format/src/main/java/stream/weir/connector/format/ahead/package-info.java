/**
 * What exactly-once sinks write ahead: the rows of a checkpoint before they are committed, which the checkpoint keeps. Used by one thread
 * at a time: the replica's, then the one that makes them durable.
 */
@NullMarked
package stream.weir.connector.format.ahead;

import org.jspecify.annotations.NullMarked;
