/**
 * Who may be read: how barriers on several inputs become one cut of the stream.
 *
 * <p>{@link stream.weir.runtime.alignment.Alignment} is the rule, pure and in two kinds; {@link
 * stream.weir.runtime.alignment.AlignedInputs} stands between a replica's mailbox and its steps: it takes in every frame, holds
 * back what the rule blocks, and hands out, one by one, what is to be done next.
 *
 * <p>Threading: nothing here is thread-safe; all of it belongs to the replica's thread. Order: frames of one input come out in
 * the order in which they went in; a snapshot comes out before anything that arrived behind its barrier, on any input when
 * exactly once. Inputs are numbered from 0 in the order of the replica's links.
 */
@NullMarked
package stream.weir.runtime.alignment;

import org.jspecify.annotations.NullMarked;
