/** Tests of generated rows and of standard output. */
@NullMarked
package stream.weir.connector.generator;

import org.jspecify.annotations.NullMarked;
