/**
 * Jobs that run elsewhere, through the REST interface of their coordinators: by address, or on Kubernetes through the API server.
 * Every call blocks; used by one thread.
 */
@NullMarked
package stream.weir.cli.job;

import org.jspecify.annotations.NullMarked;
