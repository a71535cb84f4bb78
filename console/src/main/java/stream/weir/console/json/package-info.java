/** What a console shows as JSON, field by field. Pure; any thread. */
@NullMarked
package stream.weir.console.json;

import org.jspecify.annotations.NullMarked;
