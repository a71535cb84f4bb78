/**
 * The port to where snapshots and manifests go, held to one contract test by every implementation. Safe for use by any number of
 * threads; calls block.
 */
@NullMarked
package stream.weir.store;

import org.jspecify.annotations.NullMarked;
