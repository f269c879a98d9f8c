#!/usr/bin/env bash
# Runs the program and a NumPy prototype of the method in turn, on the same rows, functions and times, and prints the
# seconds of the whole processes (wall and processor) and what each gives as the held-out log-likelihood.
#
#   run.sh EIGENDRIFT PROTOTYPE.py DATA [ROUNDS]
#
# EIGENDRIFT is the start script of a distribution; DATA a directory with moons_train.npy, moons_test.npy,
# gl24_train.npy and gl24_test.npy.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
eigendrift=$1
prototype=$2
data=$(cd "$3" && pwd)
rounds=${4:-3}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

timed() {
    local name=$1
    shift
    local TIMEFORMAT='%R s wall, %U s processor'
    { time "$@" >"$out/said" 2>"$out/errors"; } 2>"$out/time" || { cat "$out/errors" >&2; exit 1; }
    echo "$name: $(cat "$out/time"); $(grep -o -E 'heldout_log_likelihood": [-0-9.]+|held-out rows +[-0-9.]+' "$out/said")"
}

for problem in two-moons ginzburg-landau; do
    cp "$here/$problem.yaml" "$out"
    sed -i "s#path: #path: $data/#; s#test: #test: $data/#" "$out/$problem.yaml"
    case $problem in
        two-moons) peer=(box2d "$data/moons_train.npy" "$data/moons_test.npy" --degree 28 --earliest 3e-5 --times 100) ;;
        *)
            peer=(clusters "$data/gl24_train.npy" "$data/gl24_test.npy" --degree 5 --pairs near:1 --frame whiten
                --earliest 0.01 --times 60)
            ;;
    esac
    for ((round = 1; round <= rounds; round++)); do
        echo "$problem, round $round, load $(cut -d' ' -f1 /proc/loadavg)"
        timed '  eigendrift' "$eigendrift" run "$out/$problem.yaml" --out "$out/$problem"
        timed '  prototype ' python3 "$prototype" "${peer[@]}"
    done
done
