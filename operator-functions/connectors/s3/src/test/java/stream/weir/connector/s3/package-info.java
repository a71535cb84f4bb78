@NullMarked
package stream.weir.connector.s3;

import org.jspecify.annotations.NullMarked;
