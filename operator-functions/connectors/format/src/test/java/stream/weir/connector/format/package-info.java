/** Tests of row formats. */
@NullMarked
package stream.weir.connector.format;

import org.jspecify.annotations.NullMarked;
