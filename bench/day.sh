#!/usr/bin/env bash
# One more day at day 90: added to the running job's state, beside DuckDB SQL over all days again.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "One more day at the end of the quarter, against counting everything again." "$@"
build_bench
data="$(data_folder "$events" "$visitors" "$experiments")"
machine
bench_java -Xmx512m org.showroomlab.bench.Day "$data" "$events" "$visitors" "$experiments" "$seed" "$runs"
