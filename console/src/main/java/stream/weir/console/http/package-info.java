/**
 * Serves a console over HTTP, from a port of its own: what else a process serves is not reached through it. Each request has a
 * thread of its own, which the caller provides; {@link stream.weir.console.http.Feed} is shared by all, everything else immutable.
 *
 * <p>Everybody who reaches the port may look; orders need the token, in a header that no other site can make a browser send.
 */
@NullMarked
package stream.weir.console.http;

import org.jspecify.annotations.NullMarked;
