/** {@link stream.weir.api.row.Row}: the value of pipelines that are written without code. Immutable. */
@NullMarked
package stream.weir.api.row;

import org.jspecify.annotations.NullMarked;
