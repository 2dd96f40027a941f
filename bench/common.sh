# Sourced by the scripts beside it: builds the bench module when its sources have changed, and runs its classes.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
data_root="${SHOWROOM_BENCH_DATA:-$home/bench/target/data}"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
events=5000000 visitors="" experiments=1 runs=3 seed=1

usage() { # WHAT
  echo "Usage: $0 [--events N] [--visitors N] [--experiments N] [--runs N] [--seed N]"
  echo "$1"
  echo "Data are kept in \$SHOWROOM_BENCH_DATA (default bench/target/data) and made when they are not there."
}

options() { # WHAT, then the script's arguments
  local what="$1"
  shift
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help) usage "$what"; exit 0 ;;
      --events | --visitors | --experiments | --runs | --seed)
        [[ "${2:-}" =~ ^[0-9]+$ ]] || { echo "$0: $1 needs a number" >&2; exit 2; }
        printf -v "${1#--}" %s "$2"
        shift 2
        ;;
      *) usage "$what" >&2; exit 2 ;;
    esac
  done
  visitors="${visitors:-$((events / 25))}"
}

build_bench() {
  "$home/showroom" --version >/dev/null 2>&1 || true # builds the product when it is stale
  local stamp="$home/bench/target/.built"
  if [ ! -f "$stamp" ] || [ -n "$(find "$home/bench/java" "$home/bench/pom.xml" "$home/app/target/.built" \
    -newer "$stamp" -print -quit)" ]; then
    echo "Building the bench module ..." >&2
    mkdir -p "$home/logs"
    # Away from the command's own libraries, whose processes may be running.
    mvn -B -f "$home/pom.xml" -Pbench -Dmaven.test.skip=true -Dspotless.check.skip=true -Djavac.warnings=-nowarn \
      "-Dapp.lib=$home/bench/target/app-lib" package >"$home/logs/bench-build.log" 2>&1 \
      || { grep -m 5 ERROR "$home/logs/bench-build.log" >&2; exit 1; }
    touch "$stamp"
  fi
}

bench_java() { # JAVA-OPTIONS CLASS ARGUMENTS
  mkdir -p "$home/logs"
  "$java" "@$home/app/java.options" "-Dshowroom.home=$home" "-Dshowroom.log.dir=$home/logs" \
    -Dshowroom.log.level=warn -cp "$home/app/target/native.jar:${SHOWROOM_BENCH_CLASSES:-$home/bench/target/lib}/*" "$@"
}

data_folder() { # EVENTS VISITORS EXPERIMENTS: prints the folder with these data
  local folder="$data_root/$1-$2-$3-$seed"
  bench_java org.showroomlab.bench.BenchEvents "$1" "$2" "$3" "$seed" "$folder" >&2
  echo "$folder"
}

machine() {
  echo "$(date -u +%F), $(nproc) processors, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)," \
    "$("$java" -version 2>&1 | head -n 1), load $(cut -d ' ' -f 1-3 /proc/loadavg)"
}
