@NullMarked
package stream.weir.connector.kafka;

import org.jspecify.annotations.NullMarked;
