/**
 * What commands answer, as values that can be shown as text, JSON or YAML, and what other processes answer as JSON. Values are
 * immutable; everything else is used by one thread.
 */
@NullMarked
package stream.weir.cli.answer;

import org.jspecify.annotations.NullMarked;
