#!/usr/bin/env bash
# Kills every kind of process of a running cluster while events flow, and compares the tables with an undisturbed run.
# Takes a few minutes; --help tells the options.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
"$home/showroom" submit --list >/dev/null # builds what is missing, the cluster's parts included
logs="$home/logs/crash"
mkdir -p "$logs"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m "-Dshowroom.home=$home" "-Dshowroom.log.dir=$logs" \
  -cp "$home/app/target/lib/*" org.showroomlab.app.crash.CrashTest "$@"
