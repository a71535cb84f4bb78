package stream.weir.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import stream.weir.cli.answer.Table;
import stream.weir.cli.answer.Value;

/** The status of a job, as its coordinator tells it, in lines. */
final class JobText {
    private static final String NOT_KNOWN = "-";
    private static final int STATES = 5;
    private static final String HOT = "hot-key-group.";

    private JobText() {}

    /** All that matters, on a page. */
    static List<String> status(Value job) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(job));
        lines.add("");
        lines.addAll(stages(job));
        lines.add("");
        lines.addAll(checkpoints(job.at("checkpoints"), job.at("atMillis").whole()));
        lines.addAll(hot(job));
        job.at("recoveries").items().stream()
                .limit(3)
                .forEach(recovery -> lines.add("recovered " + time(recovery.at("atMillis")) + " into run "
                        + recovery.at("run").text() + ", from "
                        + (recovery.at("toCheckpoint").whole() == 0
                                ? "the beginning"
                                : "checkpoint " + recovery.at("toCheckpoint").text())
                        + ": " + recovery.at("cause").text()));
        job.at("lost")
                .items()
                .forEach(lost -> lines.add("lost " + lost.at("instance").text() + " of stage "
                        + lost.at("stage").text() + ": " + lost.at("cause").text()));
        return lines;
    }

    private static String heading(Value job) {
        String detail = job.at("detail").text();
        return job.at("pipeline").text() + ": " + job.at("phase").text() + ", run "
                + job.at("run").text() + ", term " + job.at("term").text()
                + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    /** A line for each stage. */
    static List<String> stages(Value job) {
        Table table = Table.of(
                "STAGE", ">REPLICAS", ">RECORDS", ">RECORDS/S", ">BUSY", ">BLOCKED", ">IDLE", "EVENT TIME", ">LAG");
        for (Value stage : job.at("stages").items()) {
            List<Value> replicas = stage.at("replicas").items();
            List<Value> figures = replicas.stream()
                    .map(replica -> replica.at("figures"))
                    .filter(Value::isThere)
                    .toList();
            long open = replicas.stream()
                    .filter(replica -> replica.at("opened").isSet())
                    .count();
            String count = open == replicas.size() ? Long.toString(open) : open + "/" + replicas.size();
            if (stage.at("wanted").whole() != replicas.size()) {
                count += " of " + stage.at("wanted").text();
            }
            table.row(
                    stage.at("name").text(),
                    count,
                    Texts.count((long) sum(figures, "records")),
                    Texts.count(Math.round(sum(figures, "recordsPerSecond"))),
                    share(figures, "busy"),
                    share(figures, "blocked"),
                    share(figures, "idle"),
                    eventTime(figures),
                    figures.stream().anyMatch(each -> each.at("lag").isThere())
                            ? Texts.count((long) sum(figures, "lag"))
                            : NOT_KNOWN);
        }
        return table.lines();
    }

    private static double sum(List<Value> figures, String of) {
        return figures.stream().mapToDouble(each -> each.at(of).real()).sum();
    }

    private static String share(List<Value> figures, String of) {
        return figures.isEmpty() ? NOT_KNOWN : Texts.percent(sum(figures, of) / figures.size());
    }

    /** The least of all replicas: that is what those downstream see. */
    private static String eventTime(List<Value> figures) {
        boolean known = !figures.isEmpty()
                && figures.stream().allMatch(each -> each.at("watermark").isThere());
        return known
                ? eventTime(figures.stream()
                        .mapToLong(each -> each.at("watermark").whole())
                        .min()
                        .orElse(0))
                : NOT_KNOWN;
    }

    private static String eventTime(long millis) {
        return millis == Long.MAX_VALUE ? "end" : Instant.ofEpochMilli(millis).toString();
    }

    private static List<String> checkpoints(Value checkpoints, long now) {
        List<String> lines = new ArrayList<>();
        Value newest = checkpoints.at("newest");
        lines.add(
                newest.isThere()
                        ? "newest checkpoint " + newest.at("id").text() + ", "
                                + Texts.duration(Duration.ofMillis(
                                        Math.max(0, now - newest.at("atMillis").whole())))
                                + " old: " + size(newest)
                        : "no checkpoint yet");
        lines.addAll(states(newest));
        checkpoints
                .at("inProgress")
                .items()
                .forEach(each -> lines.add("checkpoint "
                        + each.at("id").text() + " under way for "
                        + Texts.duration(Duration.ofMillis(
                                Math.max(0, now - each.at("atMillis").whole())))
                        + (each.at("detail").text().isEmpty()
                                ? ""
                                : ": " + each.at("detail").text())));
        checkpoints.at("history").items().stream()
                .filter(each -> each.at("status").text().equals("FAILED"))
                .findFirst()
                .ifPresent(each -> lines.add("checkpoint " + each.at("id").text() + " failed "
                        + time(each.at("atMillis")) + ": " + each.at("failure").text() + ": "
                        + each.at("detail").text()));
        lines.add(checkpoints.at("completed").text() + " completed, "
                + checkpoints.at("failed").text() + " failed since this coordinator leads");
        return lines;
    }

    /** The largest of the newest checkpoint's states. */
    private static List<String> states(Value newest) {
        List<Value> sizes = newest.at("states").items();
        List<String> lines = new ArrayList<>(sizes.stream()
                .sorted(Comparator.comparingLong(
                                (Value each) -> each.at("bytes").whole())
                        .reversed())
                .limit(STATES)
                .map(each -> "  state " + each.at("stage").text() + "/"
                        + each.at("state").text() + ": " + bytes(each))
                .toList());
        if (sizes.size() > STATES) {
            lines.add("  and " + (sizes.size() - STATES) + " smaller ones: weir checkpoints "
                    + newest.at("id").text() + " has all");
        }
        return lines;
    }

    private static String bytes(Value size) {
        return (size.at("estimated").isSet() ? "about " : "")
                + Texts.bytes(size.at("bytes").whole());
    }

    private static String size(Value checkpoint) {
        return Texts.bytes(checkpoint.at("stateBytes").whole()) + ", "
                + Texts.bytes(checkpoint.at("uploadedBytes").whole()) + " of it new, in "
                + Texts.duration(
                        Duration.ofMillis(checkpoint.at("durationMillis").whole()));
    }

    /** The checkpoints that a coordinator lists. */
    static List<String> checkpointList(Value all) {
        Table table = Table.of(">CHECKPOINT", "KIND", "CREATED", ">DURATION", ">STATE", ">NEW");
        for (Value each : all.items()) {
            table.row(
                    each.at("id").text(),
                    each.at("kind").text(),
                    time(each.at("atMillis")),
                    Texts.duration(Duration.ofMillis(each.at("durationMillis").whole())),
                    Texts.bytes(each.at("stateBytes").whole()),
                    Texts.bytes(each.at("uploadedBytes").whole()));
        }
        return table.lines();
    }

    /** One checkpoint with its replicas, as a coordinator tells it. */
    static List<String> checkpoint(Value detail) {
        List<String> lines = new ArrayList<>(checkpointList(new Value.Items(List.of(detail.at("checkpoint")))));
        lines.add("");
        Table table = Table.of(
                "REPLICA",
                "KEY GROUPS",
                ">STATE",
                ">NEW",
                ">BARRIER",
                ">ALIGNED IN",
                ">CAPTURED IN",
                ">STORED IN",
                ">ACKNOWLEDGED",
                "WAITED FOR");
        for (Value replica : detail.at("replicas").items()) {
            Value times = replica.at("times");
            table.row(
                    replica.at("stage").text() + "-" + replica.at("replica").text(),
                    replica.at("keyGroups").text() + (replica.at("finished").isSet() ? " (finished)" : ""),
                    Texts.bytes(times.at("stateBytes").whole()),
                    Texts.bytes(times.at("uploadedBytes").whole()),
                    nanos(times, "barrierNanos"),
                    nanos(times, "alignmentNanos"),
                    nanos(times, "captureNanos"),
                    nanos(times, "uploadNanos"),
                    nanos(times, "acknowledgedNanos"),
                    times.at("lastInput").text());
        }
        lines.addAll(table.lines());
        lines.addAll(allStates(detail.at("checkpoint").at("states").items()));
        return lines;
    }

    private static List<String> allStates(List<Value> sizes) {
        if (sizes.isEmpty()) {
            return List.of();
        }
        Table table = Table.of("STAGE", "STATE", ">SIZE");
        sizes.forEach(
                each -> table.row(each.at("stage").text(), each.at("state").text(), bytes(each)));
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    private static String nanos(Value times, String of) {
        return Texts.duration(Duration.ofNanos(times.at(of).whole()));
    }

    static String time(Value millis) {
        return Instant.ofEpochSecond(millis.whole() / 1000).toString();
    }

    /** Key groups with far more than their share of the records. */
    private static List<String> hot(Value job) {
        List<String> lines = new ArrayList<>();
        for (Value stage : job.at("stages").items()) {
            for (Value replica : stage.at("replicas").items()) {
                replica.at("figures").at("counts").entries().forEach((what, permille) -> {
                    if (what.startsWith(HOT)) {
                        lines.add("hot: key group " + what.substring(HOT.length()) + " has "
                                + Texts.percent(permille.real() / 1000) + " of the records of "
                                + stage.at("name").text() + "-"
                                + replica.at("index").text());
                    }
                });
            }
        }
        return lines;
    }
}
