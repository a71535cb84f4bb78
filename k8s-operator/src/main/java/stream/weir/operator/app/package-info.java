/** The process: what is put together when it starts. */
@NullMarked
package stream.weir.operator.app;

import org.jspecify.annotations.NullMarked;
