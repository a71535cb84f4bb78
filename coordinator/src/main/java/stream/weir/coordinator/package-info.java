/** What a coordinator is told when it starts. Immutable. */
@NullMarked
package stream.weir.coordinator;

import org.jspecify.annotations.NullMarked;
