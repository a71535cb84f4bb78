package stream.weir.runtime.state.rocksdb;

import java.nio.file.Path;

/**
 * The files of the database as they were at the end of an epoch, linked by the writer.
 *
 * @param ticket of the writer's work
 */
record DatabaseLink(Path folder, long epoch, long ticket) {}
