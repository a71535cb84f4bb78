/** The console of running pipelines in a real browser; pictures are kept in {@code target/console}. */
@NullMarked
package stream.weir.verification.console;

import org.jspecify.annotations.NullMarked;
