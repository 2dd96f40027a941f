#!/usr/bin/env bash
# The seeded events and experiments of the other scripts, into a folder of their own.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
options "Writes the events and experiments that the other scripts measure with, and prints their folder." "$@"
build_bench
data_folder "$events" "$visitors" "$experiments"
