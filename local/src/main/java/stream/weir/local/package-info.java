/**
 * A whole pipeline in one process: every replica on a thread of its own, linked in memory, with the coordinator beside them. The
 * same parts as in a cluster, joined by calls instead of connections.
 */
@NullMarked
package stream.weir.local;

import org.jspecify.annotations.NullMarked;
