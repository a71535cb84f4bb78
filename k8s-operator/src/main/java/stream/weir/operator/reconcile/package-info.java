/**
 * Where plans meet the API server: looks at what is there, has it planned, does the steps, and says in statuses what came of it. All is
 * read anew each time, from the API server and the coordinator: no cache can be behind, and an operator that begins anew knows as much
 * as the one before. What is kept in memory only saves work, or counts time, and may be lost. One thread for each pipeline at a time.
 */
@NullMarked
package stream.weir.operator.reconcile;

import org.jspecify.annotations.NullMarked;
