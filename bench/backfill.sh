#!/usr/bin/env bash
# ./showroom run over event files, beside DuckDB SQL that gives the same answer over the same files.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "Events from files into tables: ./showroom run against DuckDB SQL with 2 threads; every cell is compared." "$@"
build_bench
data="$(data_folder "$events" "$visitors" "$experiments")"
machine
bench_java -Xmx512m org.showroomlab.bench.Backfill "$data" "$events" "$runs"
