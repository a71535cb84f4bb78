package stream.weir.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** All benchmarks run; how fast is not looked at here. */
class MicroIT {
    @Test
    void when_benchmarks_run_for_a_moment_then_none_fails() throws RunnerException {
        Options options = new OptionsBuilder()
                .include(MicroIT.class.getPackageName().replace(".", "\\.") + "\\..*")
                .param("keys", "2000")
                .param("payloadBytes", "1024")
                .param("bytes", "8")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        Collection<RunResult> results = new Runner(options).run();

        assertThat(results).hasSize(9);
    }
}
