/**
 * How a connector makes itself known to pipeline files: found by {@link java.util.ServiceLoader} under its type name, with the
 * options it takes, so that a file is checked before anything starts.
 */
@NullMarked
package stream.weir.api.connector;

import org.jspecify.annotations.NullMarked;
