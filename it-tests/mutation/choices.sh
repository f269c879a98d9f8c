#!/usr/bin/env bash
# Mutation tests of classes that choose, by the tests of their own names (docs/mutation.md): choices.sh [report ...]
set -euo pipefail
cd "$(dirname "$0")/../.."
each() { sed "s/[^,]\+/org.eigendrift.engine.&/g" <<<"$1"; }
while read -r name classes tests; do
    [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
    mvn -B -ntp -q -Pmutation -pl app/engine -am process-test-classes -Dmutation.report="choices-$name" \
        -Dmutation.classes="$(each "$classes")" -Dmutation.tests="$(each "$tests")" -Dmutation.without=none </dev/null
    grep -o "detected='[a-z]*'" "app/engine/target/pit-reports/choices-$name/mutations.xml" |
        awk -v name="$name" '{ k += /true/ } END { printf "%s: %d of %d changes are seen\n", name, k, NR }'
done < <(grep -v '^#' it-tests/mutation/choices.txt)
