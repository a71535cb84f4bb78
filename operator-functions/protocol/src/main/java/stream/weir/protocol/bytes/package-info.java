/**
 * Reading and writing of fields, shared by everything binary that travels. Numbers are big-endian. No length or count that was read
 * is trusted before it is checked against the bytes that are there. Each object belongs to one thread.
 */
@NullMarked
package stream.weir.protocol.bytes;

import org.jspecify.annotations.NullMarked;
