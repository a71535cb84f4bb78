/** The job of a coordinator's service as its console has it in hand. Any thread. */
@NullMarked
package stream.weir.service.console;

import org.jspecify.annotations.NullMarked;
