"""Cost as work grows: runs one workload at several sizes of one thing, and plots throughput. Started by the script `plots` beside it."""

import argparse
import collections
import datetime
import json
import os
import pathlib
import subprocess
import sys

import plots

IN_ONE_PROCESS = "stream.weir.benchmarks.RunWorkload"
BETWEEN_PROCESSES = "stream.weir.benchmarks.processes.RunProcesses"
WORKERS = ["--worker-options", "-Xms256m -Xmx512m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders"]

# name, title, label of x, main class, heap, arguments that stay, values of x for the full and the short form, arguments for a value.
Sweep = collections.namedtuple("Sweep", "name title label main heap arguments full short at")


def records(number):
    return ["--records", str(number)]


SWEEPS = [
    Sweep("keys", "Keyed sum on the heap (w3), one process", "keys", IN_ONE_PROCESS, "6g", ["--workload", "w3"],
          [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 20_000_000], [1_000, 100_000, 1_000_000],
          lambda keys, scale: ["--keys", str(keys), *records(10_000_000 // scale)]),
    Sweep("state", "State beyond the cache (w4): RocksDB 64 MiB, cache 64 MiB, one process", "keys", IN_ONE_PROCESS, "1g",
          ["--workload", "w4", "--backend", "rocksdb", "--state-mb", "64", "--cache-mb", "64"],
          [100_000, 500_000, 1_000_000, 2_000_000, 5_000_000], [100_000, 500_000],
          lambda keys, scale: ["--keys", str(keys), *records(1_500_000 // scale)]),
    Sweep("bytes", "Two edges between processes (b6)", "bytes of a record", BETWEEN_PROCESSES, "256m", ["--workload", "b6", *WORKERS],
          [32, 128, 512, 1024, 4096, 16384], [32, 128, 1024],
          lambda size, scale: ["--bytes", str(size), *measured(min(8_000_000, 2_000_000_000 // size) // scale)]),
    Sweep("stages", "Stages in a row between processes (b6), records of 128 bytes", "stages", BETWEEN_PROCESSES, "256m", ["--workload", "b6", *WORKERS],
          [2, 3, 4, 5], [2, 3, 5], lambda stages, scale: ["--between", str(stages - 2), *measured(6_000_000 // scale)]),
    Sweep("replicas", "Shuffle between processes (w2), replicas of each stage", "replicas", BETWEEN_PROCESSES, "256m", ["--workload", "w2", *WORKERS],
          [1, 2, 3, 4], [1, 2, 4], lambda replicas, scale: ["--replicas", str(replicas), *records(10_000_000 // scale)]),
    Sweep("interval", "Checkpoints of RocksDB (w4, 500,000 keys), one process", "ms between them", IN_ONE_PROCESS, "1g",
          ["--workload", "w4", "--backend", "rocksdb", "--keys", "500000", "--state-mb", "64", "--cache-mb", "64"],
          [250, 500, 1_000, 5_000, 10_000, 100_000_000], [500, 2_000, 100_000_000],
          lambda millis, scale: ["--checkpoint-interval", str(millis), *records(3_000_000 // scale)]),
]


def measured(number):
    """The first half is for the compiler."""
    return ["--unmeasured", str(number // 2), *records(number)]


def rate(result, arguments):
    unmeasured = int(arguments[arguments.index("--unmeasured") + 1]) if "--unmeasured" in arguments else 0
    count = result["records"] - unmeasured
    return count / result["seconds"], count / result["cpu_seconds"]


def run(options, sweep, value, scale):
    arguments = [*sweep.arguments, *sweep.at(value, scale)]
    command = [options.java, f"-Xmx{sweep.heap}", "--enable-native-access=ALL-UNNAMED", "-cp", options.class_path, sweep.main, *arguments]
    done = subprocess.run(command, cwd=options.work, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"workload"')]
    if done.returncode != 0 or not lines:
        sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
        raise SystemExit(f"benchmarks: failed with {done.returncode}: {' '.join(command)}")
    result = json.loads(lines[-1])
    wall, cpu = rate(result, arguments)
    load = os.getloadavg()[0]
    print(f"{sweep.name} {value}: {wall:,.0f} records/s, {cpu:,.0f} per CPU-second, {result['peak_rss_mb']} MB, load {load:.1f}", flush=True)
    return {"x": value, "wall": wall, "cpu": cpu, "rss": result["peak_rss_mb"], "load": load, "checksum": result["checksum"]}


def main():
    parser = argparse.ArgumentParser()
    for name in ("class-path", "java", "work", "results", "only"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--scale", type=int, default=1, help="divides the number of records")
    options = parser.parse_args()
    chosen = options.only.split(",") if options.only != "all" else [sweep.name for sweep in SWEEPS]
    unknown = set(chosen) - {sweep.name for sweep in SWEEPS}
    if unknown:
        raise SystemExit(f"benchmarks: no plots {sorted(unknown)}; there are {[sweep.name for sweep in SWEEPS]}")
    results = pathlib.Path(options.results)
    results.mkdir(parents=True, exist_ok=True)
    today = datetime.date.today().isoformat()
    lines = [f"# Cost as work grows, {today}", "",
             f"{os.cpu_count()} processors; each point is one run, so look at the shape. All threads and processes count as CPU."]
    for sweep in SWEEPS:
        if sweep.name in chosen:
            points = [run(options, sweep, value, options.scale) for value in (sweep.full if options.full else sweep.short)]
            picture = results / f"{today}-plot-{sweep.name}.svg"
            picture.write_text(plots.lines(
                sweep.title, "records", sweep.label, ["per second", "per CPU-second"], [(each["x"], [each["wall"], each["cpu"]]) for each in points]))
            lines += ["", f"## {sweep.title}", "", f"![{sweep.title}]({picture.name})", "",
                      f"| {sweep.label} | records/s | records per CPU-s | peak RSS MB | load average |", "|---|---|---|---|---|"]
            lines += [f"| {each['x']:,} | {each['wall']:,.0f} | {each['cpu']:,.0f} | {each['rss']:,} | {each['load']:.1f} |" for each in points]
    target = results / f"{today}-plots.md"
    target.write_text("\n".join(lines) + "\n")
    print(f"report: {target}")


if __name__ == "__main__":
    main()
