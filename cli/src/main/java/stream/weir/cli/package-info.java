/** The {@code weir} command. Each subcommand is a class; nothing here is used by other modules. */
@NullMarked
package stream.weir.cli;

import org.jspecify.annotations.NullMarked;
