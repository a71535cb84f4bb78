/** Tests of files as source and sink, on real files. */
@NullMarked
package stream.weir.connector.files;

import org.jspecify.annotations.NullMarked;
