"""Runs workloads with Weir and a peer in turns and writes a Markdown report. Started by the script `run` beside it."""

import argparse
import collections
import datetime
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys

import figures as alone
import plots

Row = collections.namedtuple("Row", "name arguments full short weir_only weir_heap weir_extra peer_extra")
IN_ONE_PROCESS = "stream.weir.benchmarks.RunWorkload"
BETWEEN_PROCESSES = "stream.weir.benchmarks.processes.RunProcesses"

W4 = ["--workload", "w4", "--backend", "rocksdb", "--state-mb", "256", "--dist"]
W4_FULL = ["--keys", "5000000", "--records", "3000000"]
W4_LARGE = ["--keys", "20000000", "--records", "3000000"]
W4_SHORT = ["--keys", "50000", "--records", "150000"]
W6_FULL = ["--keys", "10000000", "--records", "3000000"]
W6_SHORT = W4_SHORT + ["--checkpoint-interval", "500"]
W6_EVERY = ["--checkpoint-interval", "10000"]
W6_PEER = ["--checkpoint-dir", "target/checkpoints", "--conf", "web.checkpoints.history=1000"]
TUNED = ["--tuning", "tuned"]
HASHMAP = ["--backend", "hashmap"]
WORKERS = ["--worker-options", "-Xms512m -Xmx512m -XX:+UseSerialGC"]
ROWS = [
    Row("w1", ["--workload", "w1"], ["--records", "450000000"], ["--records", "200000"], False, "4g", [], []),
    Row("w2", ["--workload", "w2"], ["--records", "110000000"], ["--records", "200000"], False, "512m", WORKERS, HASHMAP),
    Row("w2r", ["--workload", "w2r"], ["--records", "80000000"], ["--records", "200000"], False, "512m", WORKERS, HASHMAP),
    Row("w3", ["--workload", "w3"], ["--keys", "1000000", "--records", "60000000"], ["--keys", "50000", "--records", "200000"], False, "4g", [], HASHMAP),
    Row("w4", W4 + ["uniform"], W4_FULL, W4_SHORT, False, "1g", [], TUNED),
    Row("w4-quarter", W4 + ["uniform"], W4_FULL, W4_SHORT, False, "1g", ["--cache-mb", "256"], TUNED),
    Row("w4-zipf", W4 + ["zipf"], W4_FULL, W4_SHORT, False, "1g", [], TUNED),
    Row("w4-20m", W4 + ["uniform"], W4_LARGE, W4_SHORT, False, "1g", [], TUNED),
    Row("w6-none", W4 + ["uniform"], W6_FULL, W4_SHORT, False, "1g", [], TUNED),
    Row("w6", W4 + ["uniform"], W6_FULL + W6_EVERY, W6_SHORT, False, "1g", [], TUNED + W6_PEER),
    Row("q5p", ["--workload", "q5p"], ["--records", "30000000"], ["--records", "2500000"], False, "4g", [], HASHMAP),
    Row("q5", ["--workload", "q5"], ["--records", "12000000"], ["--records", "2500000"], False, "4g", [], HASHMAP),
    Row("q8", ["--workload", "q8"], ["--records", "60000000"], ["--records", "2500000"], False, "4g", [], HASHMAP),
    Row("q7", ["--workload", "q7"], ["--records", "90000000"], ["--records", "2500000"], False, "4g", [], HASHMAP),
]
WEIR_FLAGS = ["-XX:+UseG1GC", "--enable-native-access=ALL-UNNAMED"]
MEMORY_TOLERANCE = 1.25

PROBE = """
public class MemProbe {
    public static void main(String[] a) {
        int m = 1 << 24, mask = m - 1;
        int[] p = new int[m];
        for (int i = 0; i < m; i++) p[i] = (i * 1103515245 + 12345) & mask;
        int x = 0;
        for (int i = 0; i < 200_000; i++) x = p[x];
        long t = System.nanoTime();
        for (int i = 0; i < 1_000_000; i++) x = p[x];
        System.out.printf("%.0f%n", (System.nanoTime() - t) / 1e6 + (x == -1 ? 1 : 0));
    }
}
"""


class Runner:
    def __init__(self, options):
        self.options = options
        self.work = pathlib.Path(options.work)
        self.probe = self.work / "MemProbe.java"
        self.probe.write_text(PROBE)

    def memory_nanos(self):
        """Nanoseconds of a dependent read over 64 MiB: moves a lot on shared machines, so it stands beside every figure."""
        return int(subprocess.check_output([self.options.java, str(self.probe)], text=True))

    def size(self, row):
        return row.short if self.options.short else row.full

    def weir(self, row):
        heap = "512m" if self.options.short else row.weir_heap
        command = [self.options.java, f"-Xms{heap}", f"-Xmx{heap}", *WEIR_FLAGS, "-cp", self.options.class_path]
        main = BETWEEN_PROCESSES if row.weir_extra == WORKERS else IN_ONE_PROCESS
        command += [main, *row.arguments, *self.size(row), *row.weir_extra]
        return self.run(self.recorded(row.name, command), self.work, {})

    def figure(self, figure):
        if figure.main.endswith(".py"):
            here = pathlib.Path(__file__).parent
            command = [sys.executable, str(here / figure.main), "--root", str(here.parent), "--java", self.options.java, "--work", str(self.work)]
            return self.run([*command, *figure.arguments, *alone.size(figure, self.options.short)], self.work, {})
        command = [self.options.java, f"-Xmx{figure.heap}", *WEIR_FLAGS, "-cp", self.options.class_path]
        command += [figure.main, *without_repeated(figure.arguments + alone.size(figure, self.options.short))]
        return self.run(self.recorded(figure.name, command), self.work, {})

    def recorded(self, name, command):
        """With --profile: a recording of each process, named after the row."""
        if not self.options.profile:
            return command
        for old in self.recordings(name):
            old.unlink()
        flag = f"-XX:StartFlightRecording:filename={self.work.resolve()}/{name}-%p.jfr,settings=profile,dumponexit=true"
        at = command.index("--worker-options") + 1 if "--worker-options" in command else 0
        changed = [part + " " + flag if at and i == at else part for i, part in enumerate(command)]
        return [changed[0], flag, *changed[1:]]

    def recordings(self, name):
        return sorted(self.work.glob(f"{name}-*.jfr"))

    def print_profile(self, name):
        """What the recordings of a row say of processor time and allocation, the largest first."""
        jfr = str(pathlib.Path(self.options.java).parent / "jfr")
        for recording in sorted(self.recordings(name), key=lambda path: -path.stat().st_size):
            for view in ("hot-methods", "allocation-by-site"):
                shown = subprocess.run([jfr, "view", "--width", "140", view, str(recording)], capture_output=True, text=True)
                print(f"== {recording.name}: {view}\n{shown.stdout.strip() or shown.stderr.strip()}", flush=True)

    def peer(self, row):
        arguments = without_repeated(row.arguments + self.size(row) + row.peer_extra)
        environment = {"JAVA_HOME": os.environ["PEER_JAVA_HOME"], "HEAP": "1g" if self.options.short else "4g"}
        shutil.rmtree(pathlib.Path(self.options.peer) / "target/checkpoints", ignore_errors=True)
        return self.run(["./run.sh", *arguments], pathlib.Path(self.options.peer), environment)

    def run(self, command, folder, environment):
        memory = self.memory_nanos()
        load = os.getloadavg()[0]
        done = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True)
        # A build that runs first may leave colour codes in front of the line.
        lines = [line[line.index("{"):] for line in done.stdout.splitlines() if '{"workload"' in line]
        if done.returncode != 0 or not lines:
            sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
            raise SystemExit(f"benchmarks: failed with {done.returncode}: {' '.join(command)}")
        return {**json.loads(lines[-1]), "mem_ns": memory, "load": load}


def without_repeated(arguments):
    options = dict(zip(arguments[::2], arguments[1::2]))
    return [part for option in options.items() for part in option]


def measure(runner, row, log):
    """Pairs of runs, Weir first, then the peer."""
    pairs = []
    for number in range(runner.options.pairs):
        engines = {"weir": runner.weir(row)}
        if runner.options.peer and not row.weir_only:
            engines["peer"] = runner.peer(row)
        for engine, result in engines.items():
            log.write(json.dumps({"row": row.name, "pair": number, "side": engine, **result}) + "\n")
            log.flush()
            print(f"{row.name} {engine}: {result['records_per_cpu_second']:,} records per CPU second, "
                  f"mem_ns {result['mem_ns']}, load {result['load']:.1f}, checksum {result['checksum']}", flush=True)
        pairs.append(engines)
    return pairs


def measure_alone(runner, figure, log):
    results = []
    for number in range(runner.options.pairs):
        result = runner.figure(figure)
        log.write(json.dumps({"row": figure.name, "pair": number, "side": "weir", **result}) + "\n")
        log.flush()
        print(f"{figure.name}: " + ", ".join(f"{name} {result[name]}" for name in figure.shown if name in result)
              + f", load {result['load']:.1f}", flush=True)
        results.append(result)
    return results


def is_quiet(pair):
    """Whether the memory was about as fast for both."""
    if "peer" not in pair:
        return True
    low, high = sorted(side["mem_ns"] for side in pair.values())
    return high <= low * MEMORY_TOLERANCE


def verdict(pairs):
    """Empty when all results of a row are equal, otherwise why it is void."""
    results = {(side["checksum"], side["rows"]) for pair in pairs for side in pair.values()}
    return "" if len(results) == 1 else f"VOID: checksums and rows differ: {sorted(results)}"


def spread(values):
    return f"{statistics.median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})" if values else "-"


def figures(pairs, side, name):
    return [pair[side][name] for pair in pairs if side in pair]


def table_line(row, size, pairs):
    void = verdict(pairs)
    quiet = [pair for pair in pairs if is_quiet(pair)]
    ratios = [pair["weir"]["records_per_cpu_second"] / pair["peer"]["records_per_cpu_second"] for pair in quiet if "peer" in pair]
    ratio = void or (f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})" if ratios else "-")
    rate = "records_per_cpu_second"
    cells = [
        row.name,
        " ".join(size),
        f"{len(quiet)} of {len(pairs)}",
        spread(figures(quiet, "weir", rate)),
        spread(figures(quiet, "peer", rate)),
        ratio,
        spread(figures(quiet, "weir", "records_per_second")),
        spread(figures(quiet, "peer", "records_per_second")),
        spread(figures(pairs, "weir", "mem_ns")) + " / " + spread(figures(pairs, "peer", "mem_ns")),
        spread(figures(pairs, "weir", "peak_rss_mb")) + " / " + spread(figures(pairs, "peer", "peak_rss_mb")),
        pairs[0]["weir"]["checksum"],
        str(pairs[0]["weir"]["rows"]),
    ]
    return "| " + " | ".join(cells) + " |"


def rate_of_processing(result):
    """Without the last checkpoint, which a job of Weir ends with, and which has the whole state where there was none before."""
    return result["records"] / (result["seconds"] - result.get("final_checkpoint_ms", 0) / 1000)


def checkpoints_section(measured):
    """What checkpoints took, of rows that have some on both sides or on one."""
    lines = []
    for name, pairs in measured.items():
        for side in ("weir", "peer"):
            found = [pair[side] for pair in pairs if pair.get(side, {}).get("checkpoints", 0) > 1]
            if found:
                cells = [alone.cell([each.get(key, 0) for each in found]) for key in (
                    "checkpoints", "checkpoint_ms_median", "checkpoint_ms_max", "largest_increment_mb", "full_state_mb", "records_per_second")]
                lines.append(f"| {name} | {side} | " + " | ".join(cells) + " |")
    if not lines:
        return []
    if "w6" in measured and "w6-none" in measured:
        for side in ("weir", "peer"):
            rates = [[rate_of_processing(pair[side]) for pair in measured[name] if side in pair] for name in ("w6", "w6-none")]
            if all(rates):
                lost = 1 - statistics.median(rates[0]) / statistics.median(rates[1])
                lines.append(f"\nThroughput lost by checkpoints ({side}, w6 beside w6-none): {lost:.0%}.")
    return ["", "## Checkpoints", "", "| row | side | complete | median ms | longest ms | largest increment MB | state MB | records/s |",
            "|---|---|---|---|---|---|---|---|", *lines]


def ratios_plot(measured, target):
    """Writes it beside the report; the lines that show it there."""
    groups = [
        (name, [statistics.median(figures(pairs, side, "records_per_cpu_second")) if figures(pairs, side, "records_per_cpu_second") else None
                for side in ("weir", "peer")])
        for name, pairs in measured.items()
    ]
    if not groups:
        return []
    relative = [(name, [ours / (theirs or ours), 1 if theirs else None]) for name, (ours, theirs) in groups if ours]
    target.write_text(plots.bars("Records per CPU-second, peer = 1", "ratio of medians", ["weir", "peer"], relative))
    return ["", f"![Records per CPU-second beside the peer]({target.name})"]


def machine():
    info = pathlib.Path("/proc/cpuinfo")
    models = [line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({models[0] if models else platform.processor()}), {memory:.0f} GiB, {platform.system()} {platform.release()}"


def report(runner, measured, figured, name):
    options = runner.options
    java = subprocess.run([options.java, "-version"], capture_output=True, text=True).stderr.splitlines()[-1].strip()
    versions = {(side["engine"], side["version"], side["jvm"]) for pairs in measured.values() for pair in pairs for side in pair.values()}
    lines = [
        f"# Workloads, {datetime.date.today().isoformat()}" + (" (short: shows that they run, measures nothing)" if options.short else ""),
        "",
        f"- Machine: {machine()}; load average at the end {os.getloadavg()[0]:.1f}.",
        f"- Engines: {'; '.join(f'{engine} {version} on Java {jvm}' for engine, version, jvm in sorted(versions))}. Weir's JVM: {java}.",
        f"- Weir's flags: {' '.join(WEIR_FLAGS)}, heap: " + ", ".join(f"{row.name} {row.weir_heap}" for row in ROWS) + (" (512m here)." if options.short else "."),
        "- w4 has 256 MiB for RocksDB's blocks and memtables on both sides, with one heap of 1 GiB for Weir and of 4 GiB for the peer. Half of Weir's "
        "heap (w4-quarter: a quarter) is the cache in front of RocksDB, which holds most of 5,000,000 keys; with 20,000,000 it holds a fifth or so.",
        "- Peer: " + ("in turns with Weir, with its own run.sh, 4 GiB of heap, state and windows as that says." if options.peer else "not at hand, skipped."),
        f"- Only pairs count whose memory probes differ by at most {MEMORY_TOLERANCE - 1:.0%}; `mem_ns` is a dependent read over 64 MiB. Medians, ranges in brackets.",
        "- w2 and w2r have a process for each replica of Weir, so every record crosses TCP, and one for its coordinator; the peer has its workers in one "
        f"process, and in w2 half of the records stay on theirs. Workers' flags: {WORKERS[1]}.",
        "- CPU seconds are those of all processes from the first measured record to the end of the job; compilation is part of it.",
        "",
        "| row | size | pairs | Weir, records per CPU-s | peer, records per CPU-s | ratio | Weir, records/s | peer, records/s | mem_ns Weir / peer | peak RSS MB Weir / peer | checksum | rows |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in ROWS:
        if row.name in measured:
            lines.append(table_line(row, runner.size(row), measured[row.name]))
    if not measured:
        lines = [*lines[:3], f"- Weir's JVM: {java}."]
    folder = pathlib.Path(options.work if options.short else options.results)
    lines += ratios_plot(measured, folder / f"{name}.svg") + checkpoints_section(measured) + alone.section(figured, options.short)
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    for name in ("class-path", "java", "work", "peer", "results", "only"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--pairs", type=int, required=True)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    runner = Runner(options)
    chosen = options.only.split(",")
    known = [row.name for row in ROWS] + [figure.name for figure in alone.FIGURES]
    unknown = set(chosen) - set(known)
    if unknown:
        raise SystemExit(f"benchmarks: no rows {sorted(unknown)}; there are {known}")
    measured = {}
    figured = {}
    with open(pathlib.Path(options.work) / "runs.jsonl", "a") as log:
        for row in ROWS:
            if row.name in chosen:
                measured[row.name] = measure(runner, row, log)
        for figure in alone.FIGURES:
            if figure.name in chosen:
                figured[figure.name] = measure_alone(runner, figure, log)
    if options.profile:
        for name in chosen:
            runner.print_profile(name)
        return
    # Another run of the same day does not take the place of the first.
    folder = pathlib.Path(options.work if options.short else options.results)
    name = free_name(folder, datetime.date.today().isoformat() + ("-short" if options.short else "-run"), options.short)
    target = folder / f"{name}.md"
    target.write_text(report(runner, measured, figured, name))
    print(f"report: {target}")
    void = [name for name, pairs in measured.items() if verdict(pairs)]
    void += [name for name, results in figured.items() if alone.verdict(results)]
    if void:
        raise SystemExit(f"benchmarks: checksums differ in {void}: what runs did was not the same")


def free_name(folder, name, replace):
    if replace:
        return name
    numbered = [name] + [f"{name}-{i}" for i in range(2, 100)]
    return next(each for each in numbered if not (folder / f"{each}.md").exists())


if __name__ == "__main__":
    main()
