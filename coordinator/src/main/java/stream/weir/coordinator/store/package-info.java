/** What the coordinator keeps in the object store: owner, terms, runs and checkpoints, as documents with a version and a checksum of their own. Calls block, and are made on threads of their own, never on the loop's; safe for use by several threads. */
@NullMarked
package stream.weir.coordinator.store;

import org.jspecify.annotations.NullMarked;
