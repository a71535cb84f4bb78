#!/usr/bin/env bash
# Runs one workload with Apache Flink in this process, and prints one line of JSON. JAVA_HOME is a JDK 17. HEAP (4g) and JOPTS are for the
# JVM, the options for stream.weir.peer.Bench: --workload w1|w2|w2r|w3|w4|q5|q5p|q5l|q7|q7l|q8 --records N [--keys N] [--dist uniform|zipf]
# [--backend hashmap|rocksdb] [--state-mb N] [--tuning default|tuned] [--types tuned|pojo] [--parallelism N]
# [--checkpoint-interval MILLIS --checkpoint-dir FOLDER] [--conf NAME=VALUE]
set -euo pipefail
cd "$(dirname "$0")"
: "${JAVA_HOME:?point it at a JDK 17}"
if [ ! -f target/built ] || [ -n "$(find pom.xml src -newer target/built)" ]; then
  rm -rf target/classes
  "${MAVEN:-mvn}" -q -B compile dependency:copy-dependencies -DoutputDirectory=target/lib >&2
  touch target/built
fi
opens=()
for package in java.lang java.net java.io java.nio sun.nio.ch java.lang.reflect java.text java.time java.util java.util.concurrent \
  java.util.concurrent.atomic java.util.concurrent.locks; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" "-Xms${HEAP:-4g}" "-Xmx${HEAP:-4g}" -XX:+UseG1GC -XX:MaxDirectMemorySize=2g "${opens[@]}" ${JOPTS:-} \
  -cp "target/classes:target/lib/*${EXTRA_CP:+:$EXTRA_CP}" "${MAIN:-stream.weir.peer.Bench}" "$@"
