/** The service around a coordinator process: configuration, start and end, health, metrics. */
@NullMarked
package stream.weir.service.app;

import org.jspecify.annotations.NullMarked;
