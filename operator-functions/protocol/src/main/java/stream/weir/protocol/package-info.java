/** What travels between the processes of a pipeline. Pure data and its encodings; depends on nothing. */
@NullMarked
package stream.weir.protocol;

import org.jspecify.annotations.NullMarked;
