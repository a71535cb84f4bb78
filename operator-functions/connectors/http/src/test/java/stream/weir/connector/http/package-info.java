@NullMarked
package stream.weir.connector.http;

import org.jspecify.annotations.NullMarked;
