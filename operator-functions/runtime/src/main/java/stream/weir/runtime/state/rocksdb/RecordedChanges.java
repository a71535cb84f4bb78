package stream.weir.runtime.state.rocksdb;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * The changes that a checkpoint has beside the files of a database.
 *
 * @param files in the order in which they were made
 * @param families names of the column families by their numbers in these files, which are those of the database they were recorded of
 * @param keyGroups those that are wanted
 */
record RecordedChanges(List<Path> files, Map<Integer, byte[]> families, KeyGroupRange keyGroups) {}
