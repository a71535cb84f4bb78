package stream.weir.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.runtime.stage.ReplicaMetrics;

/** Turns what replicas count into rates, stage by stage. */
final class StageTable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String FORMAT = "%-20s %4s %14s %12s %6s %8s  %-20s %s";

    private final Pipeline pipeline;
    private Map<String, Figures> before = Map.of();
    private Map<String, Row> rows = Map.of();
    private long sampledNanos;

    private record Figures(long records, long idleNanos, long blockedNanos) {
        Figures plus(ReplicaMetrics metrics) {
            return new Figures(
                    records + metrics.records(),
                    idleNanos + metrics.idleNanos(),
                    blockedNanos + metrics.blockedNanos());
        }
    }

    private record Row(
            int replicas, double rate, long records, double busy, double blocked, long watermark, String counts) {}

    StageTable(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Takes new figures in; rates are those since the last sample. */
    void sample(Map<ReplicaId, ReplicaMetrics> metrics, long nowNanos) {
        double seconds = sampledNanos == 0 ? 0 : (nowNanos - sampledNanos) / NANOS_PER_SECOND;
        Map<String, Figures> now = new LinkedHashMap<>();
        Map<String, Row> table = new LinkedHashMap<>();
        for (Stage stage : pipeline.stages()) {
            Figures figures = new Figures(0, 0, 0);
            long watermark = Long.MAX_VALUE;
            StringBuilder counts = new StringBuilder();
            for (Map.Entry<ReplicaId, ReplicaMetrics> each : metrics.entrySet()) {
                if (each.getKey().stage().equals(stage.name())) {
                    figures = figures.plus(each.getValue());
                    watermark = Math.min(watermark, each.getValue().watermark());
                    each.getValue().counts().forEach((what, count) -> counts.append(what)
                            .append('=')
                            .append(count)
                            .append(' '));
                }
            }
            now.put(stage.name(), figures);
            table.put(stage.name(), row(stage, figures, seconds, watermark, counts.toString()));
        }
        before = now;
        rows = table;
        sampledNanos = nowNanos;
    }

    private Row row(Stage stage, Figures figures, double seconds, long watermark, String counts) {
        Figures old = before.getOrDefault(stage.name(), new Figures(0, 0, 0));
        if (seconds == 0 || figures.records < old.records) {
            return new Row(stage.replicas(), 0, figures.records, 0, 0, watermark, counts);
        }
        double time = seconds * NANOS_PER_SECOND * stage.replicas();
        double idle = Math.clamp((figures.idleNanos - old.idleNanos) / time, 0, 1);
        double blocked = Math.clamp((figures.blockedNanos - old.blockedNanos) / time, 0, 1);
        return new Row(
                stage.replicas(),
                (figures.records - old.records) / seconds,
                figures.records,
                Math.clamp(1 - idle - blocked, 0, 1),
                blocked,
                watermark,
                counts);
    }

    /** A line for each stage, under a heading. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, FORMAT, "stage", "repl", "records", "records/s", "busy", "blocked", "event time", ""));
        rows.forEach((stage, row) -> lines.add(String.format(
                Locale.ROOT,
                FORMAT,
                stage,
                row.replicas,
                Texts.count(row.records),
                Texts.count(Math.round(row.rate)),
                Texts.percent(row.busy),
                Texts.percent(row.blocked),
                eventTime(row.watermark),
                row.counts)));
        return lines;
    }

    /** All stages in one line. */
    String line() {
        List<String> parts = new ArrayList<>();
        rows.forEach((stage, row) ->
                parts.add(stage + " " + Texts.count(row.records) + " (" + Texts.count(Math.round(row.rate)) + "/s)"));
        return String.join(", ", parts);
    }

    private static String eventTime(long watermark) {
        if (watermark == Long.MIN_VALUE) {
            return "-";
        }
        return watermark == Long.MAX_VALUE
                ? "end"
                : Instant.ofEpochMilli(watermark).toString();
    }
}
