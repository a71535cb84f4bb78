"""Rows that have figures of their own instead of records per CPU-second, and no peer beside them. Used by compare.py."""

import collections
import statistics

Figure = collections.namedtuple("Figure", "name main heap arguments full short shown what")

PROCESSES = "stream.weir.benchmarks.processes."
WORKERS = ["--worker-options", "-Xms256m -Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders"]
STARTUP = ["ready_ms", "ready_ms_least", "ready_ms_most", "idle_rss_mb", "idle_pss_mb", "coordinator_ready_ms", "coordinator_rss_mb", "stages_rss_mb",
           "pipeline_rss_mb", "pipeline_pss_mb"]
FIGURES = [
    Figure(
        "s", "stream.weir.benchmarks.coordination.RunCoordinator", "512m", ["--stages", "10", "--files", "4"],
        ["--replicas", "10000"], ["--replicas", "200", "--checkpoints", "2"],
        ["first_ms", "median_ms", "most_ms", "cpu_ms_median", "read_ms", "manifest_kb", "heap_held_mb", "heap_limit_mb", "peak_rss_mb"],
        "a coordinator with simulated replicas that answer at once, a store in a directory: one checkpoint from the request to the "
        "manifest in the store, and reading that back",
    ),
    Figure(
        "b6", PROCESSES + "RunLatency", "256m", WORKERS,
        [], ["--most-records", "20000", "--rate", "5000", "--warm-seconds", "1", "--seconds", "1"],
        ["highest_rate", "rate", "p50_ms", "p99_ms", "p999_ms", "most_ms"],
        "records of 128 bytes through three processes at half of the highest rate, checkpoints each second: time from when a record was due",
    ),
    Figure(
        "b8", PROCESSES + "RunBackPressure", "256m", WORKERS,
        [], ["--rate", "20000", "--seconds", "3", "--checkpoint-interval", "500"],
        ["checkpoints", "aligned_ms_median", "aligned_ms_most", "complete_ms_median", "complete_ms_most"],
        "a sink at a tenth of what two inputs of 10 to 1 offer: time from the trigger to the last barrier, and to the acknowledgement of all",
    ),
    Figure(
        "b12", "stream.weir.benchmarks.topics.RunTopics", "512m", [],
        [], ["--rate", "500", "--warm-seconds", "1", "--seconds", "2"],
        ["rate", "checkpoint_interval", "p50_ms", "p99_ms", "p999_ms", "most_ms"],
        "records from topic to topic of one broker, exactly once: time from when one was due at the producer until a reader of committed "
        "records has its row",
    ),
    Figure(
        "b11", "startup.py", "", ["--cache", "none"], [], ["--starts", "1"], STARTUP,
        "the services as delivered: a stage's process from its start until it is ready, its memory when idle, and that of three stages with their coordinator",
    ),
    Figure("b11-aot", "startup.py", "", ["--cache", "aot"], [], ["--starts", "1"], STARTUP, "the same with AOT caches, made from a small job"),
    Figure(
        "w7", PROCESSES + "RunRecovery", "512m", ["--worker-options", "-Xms768m -Xmx768m -XX:+UseSerialGC"],
        ["--keys", "1000000", "--rate", "40000"],
        ["--keys", "50000", "--rate", "5000", "--seconds-before", "5", "--seconds-after", "10", "--checkpoint-interval", "1000"],
        ["gap_ms", "back_to_80pct_ms", "noticed_ms", "survivors_open_ms", "replaced_open_ms", "state_mb"],
        "w4 at a fixed rate, the process of one replica with state killed, one more process waiting: longest time without output, and until "
        "the replicas are open again",
    ),
    Figure(
        "w8", PROCESSES + "RunRecovery", "512m", ["--event", "rescale", "--worker-options", "-Xms768m -Xmx768m -XX:+UseSerialGC"],
        ["--keys", "1000000", "--rate", "40000"],
        ["--keys", "50000", "--rate", "5000", "--seconds-before", "5", "--seconds-after", "10", "--checkpoint-interval", "1000"],
        ["gap_ms", "back_to_80pct_ms", "survivors_open_ms", "state_mb"],
        "w4 at a fixed rate, the stage with state goes from 2 to 3 replicas: longest time without output",
    ),
    Figure(
        "w8-far", PROCESSES + "RunRecovery", "512m",
        ["--event", "rescale", "--store-latency-ms", "20", "--store-mb-per-s", "50",
         "--worker-options", "-Xms768m -Xmx768m -XX:+UseSerialGC"],
        ["--keys", "1000000", "--rate", "40000"],
        ["--keys", "50000", "--rate", "5000", "--seconds-before", "5", "--seconds-after", "10", "--checkpoint-interval", "1000"],
        ["gap_ms", "back_to_80pct_ms", "survivors_open_ms", "state_mb"],
        "w8 with a store that takes 20 ms for a request, and brings each process 50 MiB/s: longest time without output",
    ),
]


def size(figure, short):
    return figure.short if short else figure.full


def verdict(results):
    """Empty when runs that have a checksum agree on it. Rates that are found out change the number of records."""
    found = {(each["checksum"], each["rows"]) for each in results if "checksum" in each and not each.get("highest_rate")}
    return "" if len(found) <= 1 else f"VOID: checksums and rows differ: {sorted(found)}"


def cell(values):
    if any(isinstance(value, str) for value in values):
        return ", ".join(str(value) for value in values)
    middle = statistics.median(values)
    digits = ".2f" if middle < 100 and any(value % 1 for value in values) else ",.0f"
    text = format(middle, digits)
    return text if len(values) == 1 else f"{text} ({format(min(values), digits)} to {format(max(values), digits)})"


def section(measured, short):
    """Lines of Markdown. measured: results of each row by its name."""
    if not measured:
        return []
    lines = ["", "## Figures of Weir alone", "", "| row | what | size | runs | figures | load average |", "|---|---|---|---|---|---|"]
    for figure in FIGURES:
        results = measured.get(figure.name)
        if results:
            shown = verdict(results) or "; ".join(
                f"{name} {cell([each[name] for each in results])}" for name in figure.shown if name in results[0])
            loads = cell([round(each["load"], 1) for each in results])
            lines.append(f"| {figure.name} | {figure.what} | {' '.join(size(figure, short))} | {len(results)} | {shown} | {loads} |")
    return lines
