@NullMarked
package stream.weir.console.http;

import org.jspecify.annotations.NullMarked;
