#!/usr/bin/env bash
# Speed of the statistics library, by JMH, on one core; arguments go to JMH (for example: -f 1 -wi 2).
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

mvn -q -B -f "$home/pom.xml" -Pbench -pl stats,bench/stats -Dmaven.test.skip=true -Dspotless.check.skip=true package
one_core=()
command -v taskset >/dev/null && one_core=(taskset -c 0)
exec "${one_core[@]}" java -XX:+UseSerialGC -cp "$home/bench/stats/target/classes:$home/bench/stats/target/lib/*" \
  org.openjdk.jmh.Main "$@"
