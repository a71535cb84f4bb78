/** What is measured between topics of a real Kafka. */
@NullMarked
package stream.weir.benchmarks.topics;

import org.jspecify.annotations.NullMarked;
