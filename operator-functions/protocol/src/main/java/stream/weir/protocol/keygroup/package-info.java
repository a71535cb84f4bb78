/** Key groups: the unit in which keyed state moves. The hash is fixed for ever, as state on disk depends on it. */
@NullMarked
package stream.weir.protocol.keygroup;

import org.jspecify.annotations.NullMarked;
