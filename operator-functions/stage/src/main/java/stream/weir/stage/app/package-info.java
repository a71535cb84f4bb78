/**
 * The service around a stage process: configuration, connections, health, metrics, start and end. The only package that knows
 * Quarkus.
 */
@NullMarked
package stream.weir.stage.app;

import org.jspecify.annotations.NullMarked;
