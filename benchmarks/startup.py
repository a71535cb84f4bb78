"""B11: how long a stage's process takes from its start until it is ready, and what a pipeline of three stages holds of memory.

The services as they are delivered (mvn package), with the flags of their images, once without and once with an AOT cache, which is made
here from a small job. Prints one line of JSON for each.
"""

import argparse
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile

# Those of the images: see JavaCommand in k8s-operator/images.
FLAGS = [
    "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xms16m", "-XX:TrimNativeHeapInterval=5000", "-XX:+ExitOnOutOfMemoryError",
    "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0",
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
]
RECORDING = ["-XX:AOTMode=record", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"]
LIBRARY = "librocksdbjni"
APPLICATIONS = {"stage": "operator-functions/stage/target/quarkus-app", "coordinator": "coordinator-service/target/quarkus-app"}
STAGES = ["numbers", "keyed", "sums"]
PIPELINE = """
apiVersion: weir.stream/v1alpha1
kind: StreamPipeline
metadata: {{name: startup}}
spec:
  checkpoint: {{interval: 1s, snapshots: {{uri: "file:{folder}/snapshots"}}}}
  state: {{backend: RocksDB, incremental: true}}
  stages:
    - name: numbers
      source:
        generator: {{count: {count}, splits: 1, fields: {{n: {{sequence: 0}}}}}}
        rate: {rate}
      steps:
        - map: {{key: "n % 7", n: n}}
    - name: keyed
      inputs: [{{from: numbers, keyBy: [key]}}]
      steps:
        - filter: n >= 0
    - name: sums
      inputs: [{{from: keyed, keyBy: [key]}}]
      steps:
        - aggregate: {{fields: {{count: {{count: "*"}}, sum: {{sum: n}}}}}}
      sink:
        file: {{path: "{folder}/out", format: csv}}
"""
WAIT_SECONDS = 120
# Native memory is given back each five seconds: what a start needed for a moment is gone after the second time.
SETTLED_SECONDS = 12


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def take_out_library(options):
    """RocksDB's library beside the jars, as in the images (Layout), so that it need not be unpacked at each start."""
    folder = options.work.resolve() / "native"
    folder.mkdir(parents=True, exist_ok=True)
    platform = "linux-aarch64" if os.uname().machine == "aarch64" else "linux64"
    jar = next((options.root / APPLICATIONS["stage"] / "lib/main").glob("org.rocksdb.rocksdbjni-*.jar"))
    with zipfile.ZipFile(jar) as packed, open(folder / f"{LIBRARY}.so", "wb") as library:
        library.write(packed.read(f"{LIBRARY}-{platform}.so"))
    FLAGS.append(f"-Djava.library.path={folder}")


class Job:
    """A coordinator and its stages' processes."""

    def __init__(self, options, folder, extra):
        self.options = options
        self.folder = folder
        self.extra = extra
        self.running = []
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.control = free_port()

    def write(self, count, rate):
        self.file = self.folder / "pipeline.yaml"
        self.file.write_text(PIPELINE.format(folder=self.folder, count=count, rate=rate))

    def start(self, kind, name, environment):
        """A process, and the seconds from its start until it said that it was ready; None when it ended before."""
        port = free_port()
        log = open(self.folder / f"{name}.log", "w")
        command = [self.options.java, *self.extra(kind, name), *FLAGS, "-jar", "quarkus-run.jar"]
        begin = time.monotonic()
        process = subprocess.Popen(
            command, cwd=self.options.root / APPLICATIONS[kind], stdout=log, stderr=subprocess.STDOUT,
            env={**os.environ, "WEIR_PIPELINE_FILE": str(self.file), "QUARKUS_HTTP_HOST": "127.0.0.1", "QUARKUS_HTTP_PORT": str(port), **environment})
        self.running.append(process)
        while process.poll() is None and time.monotonic() - begin < WAIT_SECONDS:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/q/health/ready", timeout=5).close()
                return process, time.monotonic() - begin
            except (urllib.error.URLError, OSError):
                time.sleep(0.005)
        return process, None

    def coordinator(self):
        return self.start("coordinator", "coordinator", {
            "WEIR_CONTROL_HOST": "127.0.0.1", "WEIR_CONTROL_ADVERTISED_HOST": "127.0.0.1", "WEIR_CONTROL_PORT": str(self.control),
            "WEIR_CONTROL_EXIT_WHEN_OVER": "true"})

    def stage(self, name, instance):
        return self.start("stage", instance, {
            "WEIR_STAGE_NAME": name, "WEIR_STAGE_FOLDER": str(self.folder / instance), "WEIR_DATA_HOST": "127.0.0.1",
            "WEIR_DATA_ADVERTISED_HOST": "127.0.0.1", "WEIR_DATA_PORT": "0", "WEIR_COORDINATOR_ADDRESSES": f"127.0.0.1:{self.control}"})

    def end(self):
        for process in self.running:
            process.kill()
        for process in self.running:
            process.wait()

    def require(self, started, name):
        process, seconds = started
        if seconds is None:
            raise SystemExit(f"benchmarks: {name} did not come up: " + (self.folder / f"{name}.log").read_text()[-3000:])
        return process, seconds


def megabytes(process, what):
    for line in pathlib.Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) // 1024
    return 0


def train(options, folder):
    """The AOT caches of both services, from a job that comes to its end."""
    recordings = {kind: folder / f"{kind}.recorded" for kind in APPLICATIONS}

    def extra(kind, name):
        recorded = kind == "coordinator" or name == "sums"
        return [*RECORDING, f"-XX:AOTConfiguration={recordings[kind]}"] if recorded else []

    job = Job(options, folder / "training", extra)
    try:
        job.write(12000, 3000)
        job.require(job.coordinator(), "coordinator")
        for stage in STAGES:
            job.stage(stage, stage)
        for process in job.running:
            if process.wait(WAIT_SECONDS) != 0:
                raise SystemExit("benchmarks: the training job failed: " + (job.folder / "coordinator.log").read_text()[-3000:])
    finally:
        job.end()
    caches = {}
    for kind, recording in recordings.items():
        caches[kind] = folder / f"{kind}.aot"
        # Only the default collector can write objects of the heap into a cache.
        flags = ["-XX:+UseG1GC" if flag == "-XX:+UseSerialGC" else flag for flag in FLAGS]
        subprocess.run(
            [options.java, "-XX:AOTMode=create", f"-XX:AOTConfiguration={recording}", f"-XX:AOTCache={caches[kind]}", *flags, "-jar", "quarkus-run.jar"],
            cwd=options.root / APPLICATIONS[kind], check=True, capture_output=True)
    return caches


def measure(options, folder, name, caches):
    def extra(kind, _):
        return [f"-XX:AOTCache={caches[kind]}"] if caches else []

    job = Job(options, folder / name, extra)
    try:
        job.write(1_000_000_000, 100)
        coordinator, coordinator_seconds = job.require(job.coordinator(), "coordinator")
        stages = [job.require(job.stage(stage, stage), stage)[0] for stage in STAGES]
        ready = []
        for number in range(options.starts):
            spare, seconds = job.require(job.stage("sums", f"spare-{number}"), f"spare-{number}")
            ready.append(seconds * 1000)
            if number < options.starts - 1:
                spare.kill()
                spare.wait()
        time.sleep(SETTLED_SECONDS)
        whole = [coordinator, *stages]
        return {
            "workload": "b11", "engine": "weir", "cache": name, "starts": len(ready), "ready_ms": round(statistics.median(ready)),
            "ready_ms_least": round(min(ready)), "ready_ms_most": round(max(ready)), "coordinator_ready_ms": round(coordinator_seconds * 1000),
            "idle_rss_mb": megabytes(spare, "Rss"), "idle_pss_mb": megabytes(spare, "Pss"),
            "stages_rss_mb": " ".join(str(megabytes(each, "Rss")) for each in stages), "coordinator_rss_mb": megabytes(coordinator, "Rss"),
            "pipeline_rss_mb": sum(megabytes(each, "Rss") for each in whole), "pipeline_pss_mb": sum(megabytes(each, "Pss") for each in whole),
        }
    finally:
        job.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--java", required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--cache", choices=["none", "aot"], required=True)
    options = parser.parse_args()
    missing = [path for path in APPLICATIONS.values() if not (options.root / path / "quarkus-run.jar").exists()]
    if missing:
        sys.exit(f"benchmarks: {missing} are missing: build them with mvn -pl operator-functions/stage,coordinator-service -am -DskipTests package")
    take_out_library(options)
    folder = options.work.resolve() / "startup"
    caches = train(options, folder) if options.cache == "aot" else {}
    print(json.dumps(measure(options, folder, options.cache, caches), separators=(",", ":")))


if __name__ == "__main__":
    main()
