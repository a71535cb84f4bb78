/**
 * State that survives: what a keyed function keeps for each key. Every state belongs to the key of the record or timer being
 * processed. Used on the replica's thread only. Values count as immutable: changing an object after {@code update} is an error.
 */
@NullMarked
package stream.weir.api.state;

import org.jspecify.annotations.NullMarked;
