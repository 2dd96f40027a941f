#!/usr/bin/env bash
# From an event in Kafka to the report's JSON over HTTP, under half of the most that the whole stack takes here. --events
# is the rate to run at instead of that half (default 0: find it), --visitors those of the background.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
events=0 visitors=200000 runs=3
options "Delay from event in Kafka to visible in the API, under half of the highest load." "$@"
build_bench
data="$(data_folder 1000 100 1)" # for its experiment
machine
for ((run = 0; run < runs; run++)); do
  bench_java -Xmx8g org.showroomlab.bench.Freshness "$data/experiments" "$seed" "$visitors" 60 "$events"
done
