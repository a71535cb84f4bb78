/** From captured state to what is durable: uploads, checksums, and the port to the object store as backends see it. */
@NullMarked
package stream.weir.runtime.snapshot;

import org.jspecify.annotations.NullMarked;
