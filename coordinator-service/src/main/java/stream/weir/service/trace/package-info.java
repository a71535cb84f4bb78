/**
 * Traces of checkpoints and recoveries, made after the fact from what the status board knows.
 *
 * <pre>
 *  StatusBoard ──views──► EndedCheckpoints ──► JobTraces ──spans──► OtlpTraces ──OTLP over HTTP──► a collector
 *       └────────views───────────────────────► CheckpointSpans
 *                                              RecoveryWatch
 * </pre>
 *
 * <p>Threading: {@code JobTraces} belongs to the loop's thread and does not block; {@code OtlpTraces} sends from a thread of its own and
 * drops what it cannot keep. Only {@code OtlpTraces} knows OpenTelemetry, and it is not even loaded where traces are off.
 */
@NullMarked
package stream.weir.service.trace;

import org.jspecify.annotations.NullMarked;
