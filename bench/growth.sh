#!/usr/bin/env bash
# Time per event as events and experiments grow. --events is the middle size: a fifth and four times of it come beside it.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "Time per event at a fifth of, at, and at four times the events, and with 1, 10 and 50 experiments." "$@"
build_bench
machine
cases=()
for size in $((events / 5)) "$events" $((4 * events)); do
  folder="$(data_folder "$size" $((size / 25)) 1)"
  cases+=("$size events, 1 experiment" "$size" "$folder")
done
for count in 10 50; do
  folder="$(data_folder "$events" "$visitors" "$count")"
  cases+=("$events events, $count experiments" "$events" "$folder")
done
bench_java -Xmx512m org.showroomlab.bench.Growth "$runs" "${cases[@]}"
