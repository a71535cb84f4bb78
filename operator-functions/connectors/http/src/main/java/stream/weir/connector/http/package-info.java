/**
 * Records that are posted, as source; webhooks, as sink.
 *
 * <p><b>Source.</b> A request is read and parsed on a background thread, waits as a {@link
 * stream.weir.connector.http.Delivery} until the replica's thread emits its rows, and is answered when a checkpoint that covers them is
 * complete. Only {@link stream.weir.connector.http.Deliveries} is shared between the threads; what it holds is bounded.
 *
 * <p><b>Sink.</b> Each row is a request, several of them under way at once; a checkpoint waits for all of them.
 */
@NullMarked
package stream.weir.connector.http;

import org.jspecify.annotations.NullMarked;
