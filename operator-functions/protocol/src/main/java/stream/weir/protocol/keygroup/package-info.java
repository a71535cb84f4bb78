/**
 * Key groups: the unit in which keyed state moves. An encoded key has a {@link stream.weir.protocol.keygroup.KeyHash hash},
 * the hash has a {@link stream.weir.protocol.keygroup.KeyGroups group}, and replicas own {@link
 * stream.weir.protocol.keygroup.KeyGroupRange ranges} of groups. All three are fixed for ever, as state on disk depends on
 * them.
 */
@NullMarked
package stream.weir.protocol.keygroup;

import org.jspecify.annotations.NullMarked;
