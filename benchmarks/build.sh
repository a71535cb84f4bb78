# Sourced by the scripts beside it: finds a JDK 25 and builds the class path. Sets JAVA_HOME and class_path.
benchmarks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$benchmarks")

find_jdk() { # a JDK of version $1
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.jdks/*; do
    if [ -x "$candidate/bin/javac" ] && "$candidate/bin/javac" -version 2>&1 | grep -q "^javac $1[. ]\?"; then
      echo "$candidate"
      return
    fi
  done
  echo "benchmarks: no JDK $1 found; point JAVA_HOME at one" >&2
  return 69
}

# With BENCH_CLASS_PATH the build is left out.
build() {
  JAVA_HOME=$(find_jdk 25)
  export JAVA_HOME
  if [ -n "${BENCH_CLASS_PATH:-}" ]; then
    class_path=$BENCH_CLASS_PATH
    return
  fi
  local list=$benchmarks/target/class-path
  mkdir -p "$benchmarks/target"
  "${MAVEN:-mvn}" -B -q -f "$root/pom.xml" -pl benchmarks -am -DskipTests test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/class-path -Dmdep.includeScope=test
  class_path=$benchmarks/target/test-classes:$benchmarks/target/classes:$(cat "$list")
}

# The services as they are delivered; with BENCH_CLASS_PATH those that are there.
package_services() {
  if [ -z "${BENCH_CLASS_PATH:-}" ]; then
    "${MAVEN:-mvn}" -B -q -f "$root/pom.xml" -pl operator-functions/stage,coordinator-service -am -DskipTests package
  fi
}
