#!/usr/bin/env bash
# W7 recovery / W8 rescale on standalone processes (JobManager, 2 TaskManagers, client) started from the jars that run.sh fetches.
# usage: recovery.sh recovery|rescale default|tuned     environment: JAVA_HOME (a JDK 17) KEYS RATE SECONDS_BEFORE SECONDS_AFTER
set -uo pipefail
cd "$(dirname "$0")"
MODE=$1; TUNE=$2; CL=${CLASSES:-target/classes}
KEYS=${KEYS:-10000000}; RATE=${RATE:-100000}; BEFORE=${SECONDS_BEFORE:-35}; AFTER=${SECONDS_AFTER:-60}
JAVA=${JAVA_HOME:?point it at a JDK 17}/bin/java
[ -f target/built ] || ./run.sh --records 1000 > /dev/null
R=$PWD/target/$MODE-$TUNE; W=$PWD/target/w7-$$; rm -rf $R; mkdir -p $R $W/conf $W/ckpt $W/tmp
OPENS=$(for p in java.lang java.net java.io java.nio sun.nio.ch java.lang.reflect java.text java.time java.util java.util.concurrent \
  java.util.concurrent.atomic java.util.concurrent.locks; do printf -- '--add-opens=java.base/%s=ALL-UNNAMED ' $p; done)
cat > $W/conf/config.yaml <<C
jobmanager.rpc.address: 127.0.0.1
jobmanager.rpc.port: 16123
jobmanager.bind-host: 127.0.0.1
rest.address: 127.0.0.1
rest.port: 18081
rest.bind-address: 127.0.0.1
taskmanager.host: 127.0.0.1
taskmanager.bind-host: 127.0.0.1
taskmanager.numberOfTaskSlots: 1
taskmanager.cpu.cores: 1.0
taskmanager.memory.task.heap.size: 1gb
taskmanager.memory.task.off-heap.size: 0b
taskmanager.memory.managed.size: 256mb
taskmanager.memory.network.min: 128mb
taskmanager.memory.network.max: 128mb
taskmanager.memory.framework.heap.size: 128mb
taskmanager.memory.framework.off-heap.size: 128mb
taskmanager.memory.jvm-metaspace.size: 256mb
taskmanager.memory.jvm-overhead.min: 192mb
taskmanager.memory.jvm-overhead.max: 192mb
io.tmp.dirs: $W/tmp
state.backend.rocksdb.localdir: $W/tmp/rocks
execution.checkpointing.dir: file://$W/ckpt
execution.checkpointing.interval: 10s
execution.checkpointing.incremental: true
state.backend.type: rocksdb
state.backend.rocksdb.use-bloom-filter: true
state.backend.rocksdb.memory.partitioned-index-filters: true
state.backend.rocksdb.memory.high-prio-pool-ratio: 0.4
state.backend.rocksdb.checkpoint.transfer.thread.num: 8
state.backend.rocksdb.compression.per.level: LZ4_COMPRESSION
C
case $MODE in
  recovery) P=2; TMS=3;; # the third TaskManager is the spare
  rescale) P=1; TMS=2; cat >> $W/conf/config.yaml <<C
jobmanager.scheduler: adaptive
jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout: 1s
C
  ;;
esac
if [ $TUNE = tuned ]; then cat >> $W/conf/config.yaml <<C
heartbeat.interval: 1s
heartbeat.timeout: 5s
heartbeat.rpc-failure-threshold: 1
restart-strategy.type: fixed-delay
restart-strategy.fixed-delay.attempts: 1000
restart-strategy.fixed-delay.delay: 100ms
execution.checkpointing.local-backup.enabled: true
execution.state-recovery.from-local: true
jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling: 0s
jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout: 100ms
C
fi
CP="$CL:target/lib/*"
PIDS=()
# -XX:+UseG1GC and 1.5 GB of heap each: the sum of framework and task heap above
$JAVA -Xmx1g $OPENS -Dflink.log=INFO -cp "$CP" org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint --configDir $W/conf > $R/jm.log 2>&1 & JM=$!; PIDS+=($JM)
for t in $(seq $TMS); do
  $JAVA -Xmx1500m -XX:+UseG1GC -XX:MaxDirectMemorySize=512m $OPENS -Dflink.log=INFO -Dbench.progress=$R -cp "$CP" org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir $W/conf > $R/tm$t.log 2>&1 & PIDS+=($!)
done
trap 'for p in "${PIDS[@]}"; do kill -9 $p 2>/dev/null; done; rm -rf $W' EXIT
for i in $(seq 60); do n=$(curl -s http://127.0.0.1:18081/overview | grep -o '"slots-total":[0-9]*' | cut -d: -f2); [ "${n:-0}" = $TMS ] && break; sleep 0.5; done
$JAVA -Xmx512m $OPENS -cp "$CP" stream.weir.peer.Bench --workload w4 --backend rocksdb --remote 127.0.0.1:18081 --keys $KEYS --records 100000000 --rate $RATE --parallelism $P --splits 2 --tms 2 \
  --checkpoint-interval 10000 --checkpoint-dir $W/ckpt > $R/client.log 2>&1 & PIDS+=($!)
rate() { cat $R/out-*.log 2>/dev/null | awk -v now=$(date +%s%3N) '$1>now-1000{n++} END{print n+0}'; }
total() { for f in $R/out-*.log; do tail -1 $f; done 2>/dev/null | awk '{s+=$2} END{print s+0}'; }
for i in $(seq 400); do sleep 1; [ "$(total)" -gt "$KEYS" ] && break; done
echo "loaded after ${i}s, total $(total)"
sleep $BEFORE
J=$(grep -o 'job [0-9a-f]*' $R/client.log | cut -d' ' -f2)
curl -s http://127.0.0.1:18081/jobs/$J/checkpoints > $R/checkpoints-before.json
du -sm $W/ckpt $W/tmp > $R/du.txt
if [ $MODE = recovery ]; then
  V=$(ls $R/out-0-* | head -1 | sed "s/.*-\([0-9]*\)\.log/\1/"); T=$(date +%s%3N); kill -9 $V; echo "event $T kill -9 TaskManager of subtask 0, pid $V" | tee $R/event.txt
else
  V=$(curl -s http://127.0.0.1:18081/jobs/$J/resource-requirements); echo "$V" > $R/requirements.json
  N=$(sed 's/"upperBound":1/"upperBound":2/g' <<<"$V")
  T=$(date +%s%3N); curl -s -X PUT -H 'Content-Type: application/json' -d "$N" http://127.0.0.1:18081/jobs/$J/resource-requirements; echo "event $T rescale 1 -> 2" | tee $R/event.txt
fi
sleep $AFTER
curl -s http://127.0.0.1:18081/jobs/$J > $R/job-after.json
curl -s http://127.0.0.1:18081/jobs/$J/checkpoints > $R/checkpoints-after.json
python3 recovery.py $R
