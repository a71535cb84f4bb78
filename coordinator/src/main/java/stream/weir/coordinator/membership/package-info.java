/**
 * Which processes there are, and which replica each of them is. {@link stream.weir.coordinator.membership.Membership} decides, and
 * says what is to be done; it belongs to the loop's thread and uses no clock, socket or thread of its own. {@link
 * stream.weir.coordinator.membership.InstanceDesk} carries that out between the connections and the loop.
 */
@NullMarked
package stream.weir.coordinator.membership;

import org.jspecify.annotations.NullMarked;
