/**
 * The SmallRye face of channels: a connector named {@code weir} and the transports behind it. A channel needs no annotated
 * method: configured under {@code mp.messaging.incoming} or {@code mp.messaging.outgoing}, it is found in the {@code
 * ChannelRegistry}, and {@link stream.weir.runtime.channel.InboundChannel} and {@link
 * stream.weir.runtime.channel.OutboundChannel} are put to its ends. Without a container, a {@link
 * stream.weir.runtime.channel.connector.Transport} is used directly, to the same effect.
 *
 * <p>Threading: transports may be used by any thread; their publishers and subscribers follow the rules of {@link
 * java.util.concurrent.Flow}.
 */
@NullMarked
package stream.weir.runtime.channel.connector;

import org.jspecify.annotations.NullMarked;
