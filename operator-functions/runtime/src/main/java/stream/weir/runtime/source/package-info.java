/** Drives a source's reader: rate, event time, watermarks, positions, and what becomes of data that is no record. */
@NullMarked
package stream.weir.runtime.source;

import org.jspecify.annotations.NullMarked;
