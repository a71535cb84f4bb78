/**
 * What the services of a pipeline have in common, and what is Quarkus about it: settings of their network, and the certificates of its
 * connections, which the TLS registry keeps. All may be used by any thread.
 */
@NullMarked
package stream.weir.network.service;

import org.jspecify.annotations.NullMarked;
