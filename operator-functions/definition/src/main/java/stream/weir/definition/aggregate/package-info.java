/**
 * The functions of {@code aggregate}, and their accumulators. An accumulator is a few numbers and objects in a fixed layout, one
 * part for each field of the result. Nulls are skipped; a function of nothing is null, save for counts, which are 0.
 *
 * <p>Aggregators and codecs are immutable and safe for use by any number of threads. Accumulators are values: each addition makes
 * a new one, so that a checkpoint may write the old one meanwhile.
 */
@NullMarked
package stream.weir.definition.aggregate;

import org.jspecify.annotations.NullMarked;
