@NullMarked
package stream.weir.connector.jdbc;

import org.jspecify.annotations.NullMarked;
