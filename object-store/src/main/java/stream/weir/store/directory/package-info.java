/**
 * A directory as object store. What a write reported as done is on disk (file and directory entry are fsynced); a crash at any
 * moment leaves an object whole or absent. Several processes may share the directory.
 */
@NullMarked
package stream.weir.store.directory;

import org.jspecify.annotations.NullMarked;
