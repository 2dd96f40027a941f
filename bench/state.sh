#!/usr/bin/env bash
# Bytes of state per visitor at 20 events each, on the heap and in RocksDB. With --visitors 10000000 --events 20000000 only
# RocksDB runs: the question is then whether it does.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
events=2000000 visitors=100000 runs=1
options "Bytes of state per visitor (default 20 events each), on the heap and in RocksDB." "$@"
build_bench
data="$(data_folder 1000 100 1)" # for its experiment
machine
backends=(hashmap rocksdb)
[ "$visitors" -lt 2000000 ] || backends=(rocksdb)
for ((run = 0; run < runs; run++)); do
  for backend in "${backends[@]}"; do
    bench_java -Xmx6g org.showroomlab.bench.StateJob "$backend" "$events" "$visitors" "$seed" "$data/experiments" \
      | grep '^state'
  done
done
