/**
 * What is said of a pipeline: conditions after kstatus, phases, and one word for each reason, the same in condition, event, log and
 * metric. Nothing here decides; nothing reads a status but to keep the time of the last change of a condition.
 */
@NullMarked
package stream.weir.operator.status;

import org.jspecify.annotations.NullMarked;
