/** Pipeline files: {@link stream.weir.definition.PipelineFile} is the way in. */
@NullMarked
package stream.weir.definition;

import org.jspecify.annotations.NullMarked;
