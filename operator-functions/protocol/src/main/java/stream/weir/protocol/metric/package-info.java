/**
 * Names of all figures that processes export, so that code, documents, dashboards and alerts have one list of them. Immutable.
 */
@NullMarked
package stream.weir.protocol.metric;

import org.jspecify.annotations.NullMarked;
