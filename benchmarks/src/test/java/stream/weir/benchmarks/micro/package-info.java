/**
 * JMH benchmarks of single hot paths; {@code benchmarks/micro} runs them. They are among the tests so that JMH is no dependency of
 * the module. A benchmark's state belongs to one thread.
 */
@NullMarked
package stream.weir.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
