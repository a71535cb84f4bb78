/** Looks into the keyed state of a checkpoint, without the pipeline that wrote it. One thread. */
@NullMarked
package stream.weir.cli.state;

import org.jspecify.annotations.NullMarked;
