/**
 * Files as source and as exactly-once sink.
 *
 * <p><b>Source.</b> The files of a folder as {@link stream.weir.connector.format.input} reads them. Files have to be whole when they
 * appear: moved into the folder, not written there.
 *
 * <p><b>Sink.</b> Rows go to hidden files, which become visible by an atomic rename once the checkpoint that covers them is
 * complete: who lists the folder and leaves out names that begin with {@code .} sees committed rows, and each once.
 *
 * <p>Readers and writers are used by one thread each, as the contracts of {@link stream.weir.api.source} and {@link
 * stream.weir.api.sink} say.
 */
@NullMarked
package stream.weir.connector.files;

import org.jspecify.annotations.NullMarked;
