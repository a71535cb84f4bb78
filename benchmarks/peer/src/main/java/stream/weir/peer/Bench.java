package stream.weir.peer;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs one workload and prints one JSON line. */
public final class Bench {
    public static final class Args {
        String workload = "w1",
                backend = "hashmap",
                checkpointDir = "",
                dist = "uniform",
                types = "tuned",
                tuning = "default",
                remote = "",
                note = "";
        long records = 1_000_000, keys = 1_000_000, checkpointInterval = 0, load = -1, cacheMb = 256;
        int parallelism = 2, splits = 0, batch = 128, tms = 2;
        double rate = 0;
        Map<String, String> conf = new TreeMap<>();

        static Args parse(String[] v) {
            Args a = new Args();
            for (int i = 0; i < v.length; i += 2) {
                String x = v[i + 1];
                switch (v[i]) {
                    case "--workload":
                        a.workload = x;
                        break;
                    case "--records":
                        a.records = Long.parseLong(x.replace("_", ""));
                        break;
                    case "--keys":
                        a.keys = Long.parseLong(x.replace("_", ""));
                        break;
                    case "--load":
                        a.load = Long.parseLong(x.replace("_", ""));
                        break;
                    case "--parallelism":
                        a.parallelism = Integer.parseInt(x);
                        break;
                    case "--splits":
                        a.splits = Integer.parseInt(x);
                        break;
                    case "--batch":
                        a.batch = Integer.parseInt(x);
                        break;
                    case "--tms":
                        a.tms = Integer.parseInt(x);
                        break;
                    case "--backend":
                        a.backend = x;
                        break;
                    case "--dist":
                        a.dist = x;
                        break;
                    case "--types":
                        a.types = x;
                        break;
                    case "--tuning":
                        a.tuning = x;
                        break;
                    case "--state-mb":
                        a.cacheMb = Long.parseLong(x);
                        break;
                    case "--rate":
                        a.rate = Double.parseDouble(x);
                        break;
                    case "--remote":
                        a.remote = x;
                        break;
                    case "--note":
                        a.note = x;
                        break;
                    case "--checkpoint-interval":
                        a.checkpointInterval = Long.parseLong(x);
                        break;
                    case "--checkpoint-dir":
                        a.checkpointDir = x;
                        break;
                    case "--conf": {
                        int e = x.indexOf('=');
                        a.conf.put(x.substring(0, e), x.substring(e + 1));
                        break;
                    }
                    default:
                        throw new IllegalArgumentException("unknown option " + v[i]);
                }
            }
            if (a.workload.equals("w2r")) a.parallelism = 1;
            if (a.splits == 0) a.splits = a.parallelism;
            return a;
        }
    }

    static Configuration conf(Args a) throws Exception {
        Configuration c = new Configuration();
        c.setString("parallelism.default", "" + a.parallelism);
        c.setString("pipeline.object-reuse", "true");
        c.setString("taskmanager.memory.network.min", "256mb");
        c.setString("taskmanager.memory.network.max", "256mb");
        c.setString("rest.port", "0");
        c.setString("rest.bind-port", "0");
        if (a.workload.startsWith("q")) c.setString("pipeline.auto-watermark-interval", "200 ms");
        if (a.backend.equals("rocksdb")) {
            c.setString("state.backend.type", "rocksdb");
            c.setString(
                    "state.backend.rocksdb.localdir",
                    new File("target/rocks-" + ProcessHandle.current().pid()).getAbsolutePath());
            // managed memory = block cache + memtables of the whole job; split over the TaskManagers
            c.setString("taskmanager.memory.managed.size", a.cacheMb / a.tms + "mb");
            c.setString("state.backend.incremental", "true");
            c.setString("execution.checkpointing.incremental", "true");
            if (a.tuning.equals("tuned")) {
                c.setString("state.backend.rocksdb.use-bloom-filter", "true");
                c.setString("state.backend.rocksdb.memory.partitioned-index-filters", "true");
                c.setString("state.backend.rocksdb.memory.high-prio-pool-ratio", "0.4");
                c.setString("state.backend.rocksdb.thread.num", "2");
                c.setString("state.backend.rocksdb.checkpoint.transfer.thread.num", "8");
                c.setString("state.backend.rocksdb.writebuffer.size", "32mb");
                c.setString("state.backend.rocksdb.compression.per.level", "LZ4_COMPRESSION");
            }
        } else {
            c.setString("state.backend.type", "hashmap");
        }
        if (a.checkpointInterval > 0) {
            c.setString("execution.checkpointing.interval", a.checkpointInterval + "ms");
            c.setString(
                    "execution.checkpointing.dir",
                    a.checkpointDir.contains("://")
                            ? a.checkpointDir
                            : Path.of(a.checkpointDir).toAbsolutePath().toUri().toString());
            c.setString("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        }
        a.conf.forEach(c::setString);
        return c;
    }

    public static void main(String[] v) throws Exception {
        long t0 = System.nanoTime();
        Args a = Args.parse(v);
        Configuration c = conf(a);
        if (!a.remote.isEmpty()) {
            Remote.run(a, c);
            return;
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(c);
        Jobs.build(env, a);
        JobGraph g = env.getStreamGraph().getJobGraph();
        if (System.getProperty("plan") != null)
            g.getVertices().forEach(x -> System.err.println(x.getName() + " x" + x.getParallelism()));
        int slots = (a.parallelism + a.tms - 1) / a.tms;
        JobExecutionResult r;
        StringBuilder ck = new StringBuilder();
        if (c.getString("s3.endpoint", null) != null) org.apache.flink.core.fs.FileSystem.initialize(c, null);
        try (MiniCluster mini = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(c)
                .setNumTaskManagers(a.tms)
                .setNumSlotsPerTaskManager(slots)
                .build())) {
            mini.start();
            r = mini.executeJobBlocking(g);
            if (a.checkpointInterval > 0) {
                CheckpointStatsSnapshot s =
                        mini.getArchivedExecutionGraph(g.getJobID()).get().getCheckpointStatsSnapshot();
                java.util.List<Long> dur = new java.util.ArrayList<>();
                long bytes = 0, full = 0, max = 0;
                for (AbstractCheckpointStats x : s.getHistory().getCheckpoints()) {
                    if (x instanceof CompletedCheckpointStats) {
                        dur.add(x.getEndToEndDuration());
                        bytes += x.getCheckpointedSize();
                        full = Math.max(full, x.getStateSize());
                        max = Math.max(max, x.getCheckpointedSize());
                    }
                }
                java.util.Collections.sort(dur);
                ck.append(String.format(
                        Locale.ROOT,
                        ",\"checkpoints\":%d,\"failed\":%d,\"checkpoint_ms\":\"%s\",\"checkpoint_ms_median\":%d,\"checkpoint_ms_max\":%d,\"uploaded_mb_in_history\":%.1f,\"largest_increment_mb\":%.1f,\"full_state_mb\":%.1f",
                        s.getCounts().getNumberOfCompletedCheckpoints(),
                        s.getCounts().getNumberOfFailedCheckpoints(),
                        dur,
                        dur.isEmpty() ? -1 : dur.get(dur.size() / 2),
                        dur.isEmpty() ? -1 : dur.get(dur.size() - 1),
                        bytes / 1e6,
                        max / 1e6,
                        full / 1e6));
            }
        }
        long sum = (Long) r.getAccumulatorResult("checksum"), rows = (Long) r.getAccumulatorResult("rows");
        boolean loaded = Stats.markNs != 0;
        long from = loaded ? Stats.markNs : Stats.firstNs, fromCpu = loaded ? Stats.markCpu : Stats.firstCpu;
        double sec = (Stats.lastNs - from) * 1e-9, cpu = (Stats.lastCpu - fromCpu) * 1e-9;
        String load = loaded
                ? String.format(
                        Locale.ROOT,
                        ",\"load_records\":%d,\"load_seconds\":%.3f,\"load_records_per_second\":%.0f",
                        a.load < 0 ? a.keys : a.load,
                        (Stats.markNs - Stats.firstNs) * 1e-9,
                        (a.load < 0 ? a.keys : a.load) / ((Stats.markNs - Stats.firstNs) * 1e-9))
                : "";
        System.out.println(String.format(
                Locale.ROOT,
                "{\"workload\":\"%s\",\"engine\":\"flink\",\"version\":\"2.3.0\",\"jvm\":\"%s\",\"types\":\"%s\",\"dist\":\"%s\",\"backend\":\"%s\",\"tuning\":\"%s\",\"parallelism\":%d,\"taskmanagers\":%d,\"keys\":%d,\"records\":%d,\"seconds\":%.3f,"
                    + "\"seconds_process\":%.3f,\"records_per_second\":%.0f,\"cpu_seconds\":%.3f,\"cpu_seconds_process\":%.3f,\"records_per_cpu_second\":%.0f,\"peak_rss_mb\":%d%s%s,\"checksum\":\"%016x\",\"rows\":%d,\"note\":\"%s\"}",
                a.workload,
                System.getProperty("java.version"),
                a.types,
                a.dist,
                a.backend,
                a.tuning,
                a.parallelism,
                a.tms,
                a.keys,
                a.records,
                sec,
                (System.nanoTime() - t0) * 1e-9,
                a.records / sec,
                cpu,
                Stats.cpuNs() * 1e-9,
                a.records / cpu,
                Stats.peakRssKb() / 1024,
                load,
                ck,
                sum,
                rows,
                a.note));
        if (a.backend.equals("rocksdb"))
            deleteDir(new File("target/rocks-" + ProcessHandle.current().pid()));
        System.exit(0);
    }

    static void deleteDir(File f) {
        File[] l = f.listFiles();
        if (l != null) for (File x : l) deleteDir(x);
        f.delete();
    }
}
