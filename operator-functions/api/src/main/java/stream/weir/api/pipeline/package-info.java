/**
 * The pipeline as a model: what a pipeline file is compiled to, and what the builder yields. Immutable data with functions in
 * it; nothing here runs anything.
 */
@NullMarked
package stream.weir.api.pipeline;

import org.jspecify.annotations.NullMarked;
