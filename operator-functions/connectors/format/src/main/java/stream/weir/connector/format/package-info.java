/**
 * Rows as bytes: CSV, JSON lines, plain text. Shared by the connectors that carry bytes, so that a value looks the same in all
 * of them.
 *
 * <p>What a value looks like: {@code int} in decimal; {@code double} in the shortest decimal form that reads back as the same
 * number; {@code bool} as {@code true} or {@code false}; {@code timestamp} as {@code 2013-01-01T00:00:00Z}; {@code bytes} in
 * Base64; lists, maps and rows as JSON. Null is empty in CSV, where the empty string is {@code ""}, and {@code null} in JSON.
 *
 * <p>Parsers and printers keep buffers: one thread at a time, one instance for each stream of bytes.
 */
@NullMarked
package stream.weir.connector.format;

import org.jspecify.annotations.NullMarked;
