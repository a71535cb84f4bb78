/**
 * Pipelines of real processes: coordinators, stages, MinIO and Kafka, each of which is killed, stopped, cut off and started again.
 * What comes out is held to an oracle that knows each row.
 */
@NullMarked
package stream.weir.verification.services;

import org.jspecify.annotations.NullMarked;
