/**
 * A job in the browser. The console shows what {@link stream.weir.console.ConsoleJob} says and passes on what people ask for; it
 * decides nothing. The same console is served by a coordinator's service and by {@code weir run --console}.
 *
 * <p>What a job says is immutable; it is asked from any thread.
 */
@NullMarked
package stream.weir.console;

import org.jspecify.annotations.NullMarked;
