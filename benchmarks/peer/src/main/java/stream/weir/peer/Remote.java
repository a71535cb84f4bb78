package stream.weir.peer;

import java.util.Locale;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Submits a workload to a running standalone cluster (--remote host:port); job classes are on the class path of its processes. */
final class Remote {
    private Remote() {}

    static void run(Bench.Args a, Configuration c) throws Exception {
        int i = a.remote.indexOf(':');
        c.removeKey("rest.bind-port");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createRemoteEnvironment(
                a.remote.substring(0, i), Integer.parseInt(a.remote.substring(i + 1)), c);
        env.setParallelism(a.parallelism);
        Jobs.build(env, a);
        JobClient client = env.executeAsync("bench");
        System.out.println("job " + client.getJobID());
        JobExecutionResult r = client.getJobExecutionResult().get();
        long sum = (Long) r.getAccumulatorResult("checksum"), rows = (Long) r.getAccumulatorResult("rows");
        System.out.println(String.format(
                Locale.ROOT,
                "{\"workload\":\"%s\",\"engine\":\"flink\",\"records\":%d,\"job_seconds\":%.3f,\"checksum\":\"%016x\",\"rows\":%d}",
                a.workload,
                a.records,
                r.getNetRuntime() / 1e3,
                sum,
                rows));
        System.exit(0);
    }
}
