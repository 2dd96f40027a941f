#!/usr/bin/env bash
# Topics into answers: the product's job, beside a consumer that only parses, and beside a job in Flink SQL.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
events=2000000
options "Events from topics into answers: our job against parsing alone, and against Flink SQL over 500,000 of them." "$@"
build_bench
data="$(data_folder "$events" "$visitors" "$experiments")"
machine
bench_java -Xmx512m org.showroomlab.bench.Live "$data" "$events" "$visitors" "$experiments" "$seed" "$runs"
