package stream.weir.connector.files;

import java.nio.file.Path;

/** A file to read. @param name its path below the folder that the source reads, with slashes */
record FileSplit(String name, Path path) {}
