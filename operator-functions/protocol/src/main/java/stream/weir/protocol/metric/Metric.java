package stream.weir.protocol.metric;

import static stream.weir.protocol.metric.Metric.Kind.COUNTER;
import static stream.weir.protocol.metric.Metric.Kind.GAUGE;
import static stream.weir.protocol.metric.Metric.Kind.HISTOGRAM;
import static stream.weir.protocol.metric.Metric.Origin.COORDINATOR;
import static stream.weir.protocol.metric.Metric.Origin.OPERATOR;
import static stream.weir.protocol.metric.Metric.Origin.STAGE;

import java.util.List;

/**
 * A figure that a process exports. Names have the unit in them, as Prometheus has it: base units, {@code _total} at the end of
 * counters.
 */
public enum Metric {
    STAGE_RECORDS(STAGE, COUNTER, "weir.stage.records", "Records that the replica has read in its run."),
    STAGE_SENT_RECORDS(
            STAGE, COUNTER, "weir.stage.sent.records", "Records that it has sent to other stages, each once."),
    STAGE_SENT_BYTES(
            STAGE,
            COUNTER,
            "weir.stage.sent.bytes",
            "Bytes of records that it has sent to other stages, to all replicas of them."),
    STAGE_READ_BYTES(STAGE, COUNTER, "weir.stage.read.bytes", "Bytes of records that it has read from other stages."),
    STAGE_BUSY(STAGE, COUNTER, "weir.stage.busy.seconds", "Time at work: neither idle nor blocked."),
    STAGE_IDLE(STAGE, COUNTER, "weir.stage.idle.seconds", "Time without anything to do."),
    STAGE_BLOCKED(
            STAGE,
            COUNTER,
            "weir.stage.blocked.seconds",
            "Time waiting for credit of those downstream: back-pressure."),
    STAGE_LATE(STAGE, COUNTER, "weir.stage.late.records", "Records that came after their windows had ended."),
    STAGE_SKIPPED(STAGE, COUNTER, "weir.stage.skipped.records", "Records that were skipped because of an error."),
    STAGE_WATERMARK(
            STAGE,
            GAUGE,
            "weir.stage.watermark.seconds",
            "Event time, seconds since the epoch; nothing before the first."),
    STAGE_WATERMARK_LAG(
            STAGE, GAUGE, "weir.stage.watermark.lag.seconds", "How far event time is behind the clock of the process."),
    STAGE_SOURCE_LAG(
            STAGE,
            GAUGE,
            "weir.stage.source.lag.records",
            "Records that wait outside for a source; nothing where unknown."),
    STAGE_HOT_KEY_GROUP(
            STAGE,
            GAUGE,
            "weir.stage.hot.key.group.ratio",
            "Share of the replica's records that its most frequent key group has, from 0 to 1, by a sample of one"
                    + " record in each frame."),
    STAGE_REPLICA(STAGE, GAUGE, "weir.stage.replica", "Index of the replica that the process is; -1 for none."),
    STAGE_RUN(STAGE, GAUGE, "weir.stage.run", "Run of the replica; 0 for none."),
    STAGE_STATE(
            STAGE, GAUGE, "weir.stage.state.bytes", "Keyed state of the replica, as measured at its last checkpoint."),
    ROCKSDB_BLOCK_CACHE(
            STAGE, GAUGE, "weir.rocksdb.block.cache.bytes", "Blocks in RocksDB's cache, at the last checkpoint."),
    ROCKSDB_MEMTABLE(STAGE, GAUGE, "weir.rocksdb.memtable.bytes", "Memtables of RocksDB, at the last checkpoint."),
    ROCKSDB_SST(STAGE, GAUGE, "weir.rocksdb.sst.bytes", "Files of RocksDB on the local disk, at the last checkpoint."),
    ROCKSDB_COMPACTION_PENDING(
            STAGE,
            GAUGE,
            "weir.rocksdb.compaction.pending.bytes",
            "Bytes that RocksDB's compaction has to rewrite still, estimated, at the last checkpoint."),
    ROCKSDB_CACHE_HITS(
            STAGE,
            COUNTER,
            "weir.rocksdb.cache.hits",
            "Reads of values that the cache in front of RocksDB has answered, as of the last checkpoint."),
    ROCKSDB_CACHE_MISSES(
            STAGE,
            COUNTER,
            "weir.rocksdb.cache.misses",
            "Reads of values that RocksDB had to answer, as of the last checkpoint."),
    ROCKSDB_BLOCK_HITS(
            STAGE,
            COUNTER,
            "weir.rocksdb.block.cache.hits",
            "Blocks that reads of the replica found in RocksDB's cache, as of the last checkpoint."),
    ROCKSDB_BLOCK_MISSES(
            STAGE,
            COUNTER,
            "weir.rocksdb.block.cache.misses",
            "Blocks that reads of the replica had to take from files, as of the last checkpoint."),
    MEMORY_LIMIT(
            STAGE, GAUGE, "weir.memory.limit.bytes", "Memory that the container may take; nothing without a limit."),
    MEMORY_USED(
            STAGE,
            GAUGE,
            "weir.memory.used.bytes",
            "Memory of the process by what it is for: heap, rocksdb, network, rest.",
            "part"),
    NETWORK_REFUSED(STAGE, COUNTER, "weir.network.refused.connections", "Connections that were refused."),

    COORDINATOR_LEADS(COORDINATOR, GAUGE, "weir.coordinator.leads", "1 when the process leads."),
    JOB_RUNNING(COORDINATOR, GAUGE, "weir.job.running", "1 when all replicas are at work."),
    JOB_STALLED(COORDINATOR, GAUGE, "weir.job.stalled", "1 when the job runs, but something in it makes no progress."),
    JOB_RUN(COORDINATOR, GAUGE, "weir.job.run", "The present run; a recovery begins the next one."),
    JOB_TERM(COORDINATOR, GAUGE, "weir.job.term", "The present term; a new leader begins the next one."),
    JOB_REPLICAS(COORDINATOR, GAUGE, "weir.job.replicas", "Replicas of the stage in the present run.", "stage"),
    JOB_WANTED_REPLICAS(
            COORDINATOR, GAUGE, "weir.job.wanted.replicas", "Replicas that the stage is to have next.", "stage"),
    CHECKPOINT_NEWEST(COORDINATOR, GAUGE, "weir.checkpoint.newest", "Id of the newest complete checkpoint."),
    CHECKPOINT_NEWEST_TIME(
            COORDINATOR,
            GAUGE,
            "weir.checkpoint.newest.timestamp.seconds",
            "When the newest complete checkpoint began, seconds since the epoch."),
    CHECKPOINT_NEWEST_DURATION(
            COORDINATOR, GAUGE, "weir.checkpoint.newest.duration.seconds", "From its trigger to its manifest."),
    CHECKPOINT_NEWEST_BYTES(
            COORDINATOR,
            GAUGE,
            "weir.checkpoint.newest.bytes",
            "All state that the newest complete checkpoint refers to."),
    CHECKPOINT_NEWEST_UPLOADED(COORDINATOR, GAUGE, "weir.checkpoint.newest.uploaded.bytes", "What was written for it."),
    CHECKPOINT_NEWEST_STATE(
            COORDINATOR, GAUGE, "weir.checkpoint.newest.stage.bytes", "State of the stage in it.", "stage"),
    CHECKPOINT_IN_PROGRESS(COORDINATOR, GAUGE, "weir.checkpoint.in.progress", "Checkpoints under way."),
    CHECKPOINT_OLDEST_AGE(
            COORDINATOR,
            GAUGE,
            "weir.checkpoint.in.progress.age.seconds",
            "How long the oldest checkpoint under way has been so; 0 for none."),
    CHECKPOINT_COMPLETED(
            COORDINATOR, COUNTER, "weir.checkpoint.completed", "Complete checkpoints since this process leads."),
    CHECKPOINT_FAILED(
            COORDINATOR,
            COUNTER,
            "weir.checkpoint.failed",
            "Checkpoints that failed since this process leads, by reason.",
            "reason"),
    CHECKPOINT_PHASE(
            COORDINATOR,
            HISTOGRAM,
            "weir.checkpoint.phase.seconds",
            "How long each replica took for each phase of a complete checkpoint: barrier, alignment, capture, upload,"
                    + " acknowledged (from the trigger).",
            "stage",
            "phase"),

    SCALING_RECOMMENDED(
            OPERATOR,
            GAUGE,
            "weir.scaling.recommended.replicas",
            "Replicas that the autoscaler recommends for the stage, whether it may apply them or not; nothing for stages"
                    + " without settings of scaling.",
            "namespace",
            "stage"),
    SCALING_REASON(
            OPERATOR,
            GAUGE,
            "weir.scaling.reason",
            "1 for the reason of what the autoscaler recommends now, nothing for all others; the word is that of the"
                    + " stage's conditions.",
            "namespace",
            "stage",
            "reason");

    private final Origin origin;
    private final Kind kind;
    private final String id;
    private final String meaning;
    private final List<String> labels;

    Metric(Origin origin, Kind kind, String id, String meaning, String... labels) {
        this.origin = origin;
        this.kind = kind;
        this.id = id;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** How its values go. */
    public enum Kind {
        /** Only grows, from 0 on with each process, or each run. */
        COUNTER,
        GAUGE,
        /** Counts of values by size: exported with {@code _bucket}, {@code _sum} and {@code _count} behind its name. */
        HISTOGRAM
    }

    /** Which process exports it. */
    public enum Origin {
        STAGE,
        COORDINATOR,
        OPERATOR
    }

    public Origin origin() {
        return origin;
    }

    public Kind kind() {
        return kind;
    }

    /** With dots, as registries of metrics take it. */
    public String id() {
        return id;
    }

    /** A sentence. */
    public String meaning() {
        return meaning;
    }

    /** Beside those that all figures of the process have: the pipeline, and of a stage process its stage. */
    public List<String> labels() {
        return labels;
    }

    /** As Prometheus has it. */
    public String exported() {
        return id.replace('.', '_') + (kind == COUNTER ? "_total" : "");
    }
}
